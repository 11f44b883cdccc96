import { Controller, Get, Req, Res, UseFilters } from '@nestjs/common';
import type { SchemaObject } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Guarded } from '../../core/web/access.js';
import { readListQuery } from '../../surfaces/iam-rest/list-query.js';
import { listOf } from '../../surfaces/iam-rest/list-rows.js';
import { sendRest } from '../../surfaces/iam-rest/rest-answer.js';
import { RestFilter } from '../../surfaces/iam-rest/rest.filter.js';
import { RestOperation } from '../../surfaces/iam-rest/rest-operation.js';
import { BanGuard } from '../sessions/ban.guard.js';
import { IamAdministrators } from '../sessions/iam-administrators.js';
import { callerOf, IamSessionGuard } from '../sessions/iam-session.guard.js';
import { type RecordClass, RecordsService } from './records.service.js';

const TEXT: SchemaObject = { type: 'string' };
const COMMON: Record<string, SchemaObject> = {
  id: { type: 'string', description: 'Record number; the id of the link is a secret.' },
  remoteIp: TEXT,
  status: { type: 'string', enum: ['initial', 'sent', 'error'] },
  statusText: TEXT,
  domain: TEXT,
  email: TEXT,
  ts: { type: 'string', format: 'date-time' },
  ttl: { type: 'integer', description: 'Seconds, counted from `ts`.' },
  openedAt: {
    type: ['string', 'null'],
    format: 'date-time',
    description: 'When somebody was first shown the form behind the link.',
  },
};

function records(id: string, summary: string, own: readonly string[]): MethodDecorator {
  const properties = { ...COMMON, ...Object.fromEntries(own.map((name) => [name, TEXT])) };
  return RestOperation({
    id,
    summary: `${summary}, for global administrators`,
    session: 'required',
    list: true,
    answer: { type: 'array', items: { type: 'object', properties } },
    codes: [1403, 1501],
  });
}

/** `/rest/v1/model/system/<Class>` (iam-rest section 6): read only. */
@Controller('rest/v1/model/system')
@Guarded(BanGuard, IamSessionGuard)
@UseFilters(RestFilter)
export class RecordsController {
  constructor(
    private readonly records: RecordsService,
    private readonly administrators: IamAdministrators,
  ) {}

  @Get('PwdResetRequests')
  @records('listPwdResetRequests', 'Recoveries that are open', ['key', 'userId', 'userLogin'])
  pwdResets(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.list('PwdResetRequests', request, reply);
  }

  @Get('SelfRegisterRequests')
  @records('listSelfRegisterRequests', 'Registrations that are open', ['login', 'name'])
  selfRegistrations(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.list('SelfRegisterRequests', request, reply);
  }

  @Get('Invites')
  @records('listInvites', 'Invitations that are open', ['adminId', 'adminLogin', 'userId', 'userLogin'])
  invites(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.list('Invites', request, reply);
  }

  private async list(kind: RecordClass, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    await this.administrators.requireGlobal(callerOf(request));
    sendRest(reply, listOf(await this.records.list(kind), readListQuery(request)));
  }
}
