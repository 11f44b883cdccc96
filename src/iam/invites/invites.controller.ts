import { Controller, Patch, Post, Req, Res, UseFilters } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Guarded } from '../../core/web/access.js';
import { Clients } from '../../core/web/clients.js';
import { done, sendRest } from '../../surfaces/iam-rest/rest-answer.js';
import { readObject } from '../../surfaces/iam-rest/rest-body.js';
import { optionalText, requirePresent, textOf } from '../../surfaces/iam-rest/rest-fields.js';
import { RestFilter } from '../../surfaces/iam-rest/rest.filter.js';
import { DONE_SCHEMA, RestOperation } from '../../surfaces/iam-rest/rest-operation.js';
import { requireLinkId } from '../links/link-id.js';
import { LINK_DONE_SCHEMA, PWD_SCHEMA } from '../links/link-schemas.js';
import { BanFilter } from '../sessions/ban-filter.js';
import { BanGuard } from '../sessions/ban.guard.js';
import { IamAdministrators } from '../sessions/iam-administrators.js';
import { callerOf, IamSessionGuard } from '../sessions/iam-session.guard.js';
import { InviteAcceptance } from './invite-acceptance.js';
import { InvitesService } from './invites.service.js';

/** `/rest/v1/iam/invites` (iam-rest section 5). */
@Controller('rest/v1/iam/invites')
@UseFilters(RestFilter)
export class InvitesController {
  constructor(
    private readonly invites: InvitesService,
    private readonly acceptance: InviteAcceptance,
    private readonly administrators: IamAdministrators,
    private readonly clients: Clients,
    private readonly bans: BanFilter,
  ) {}

  @Post()
  @Guarded(BanGuard, IamSessionGuard)
  @RestOperation({
    id: 'invite',
    summary: 'Mail a user a link to set the first password',
    session: 'required',
    body: {
      type: 'object',
      required: ['userid'],
      properties: {
        userid: { type: 'string', format: 'uuid', description: 'A user of the domain.' },
        domain: { type: 'string', description: 'For global administrators; the own domain when absent.' },
      },
    },
    answer: DONE_SCHEMA,
    codes: [1400, 1403, 1415, 1429, 1501, 1503],
  })
  async invite(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const caller = callerOf(request);
    const administrator = await this.administrators.require(caller, 'send-links');
    const body = await readObject(request, caller.session.kind === 'cookie');
    requirePresent(body, 'userid');
    await this.invites.invite(administrator, optionalText(body, 'domain'), textOf(body, 'userid'));
    sendRest(reply, done('Invitation sent'));
  }

  @Patch(':id')
  @Guarded(BanGuard)
  @RestOperation({
    id: 'acceptInvite',
    summary: 'Set the first password of an invited user',
    path: { id: 'The id in the mailed link.' },
    body: {
      type: 'object',
      required: ['pwd'],
      properties: {
        pwd: PWD_SCHEMA,
        login: { type: 'string', minLength: 1, maxLength: 100, description: 'Another login; built-in directory only.' },
        name: { type: 'string', minLength: 1, maxLength: 1_000 },
      },
    },
    answer: LINK_DONE_SCHEMA,
    codes: [1400, 1403, 1404, 1415, 1501, 1503],
  })
  async accept(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const client = this.clients.of(request);
    const id = await requireLinkId(request, client, this.bans);
    const user = await this.acceptance.accept(id, await readObject(request), client);
    sendRest(reply, { ...done('Now login with new password'), user });
  }
}
