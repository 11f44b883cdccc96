import { Controller, Param, Post, Query, Req, Res, UseFilters } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Public } from '../../core/web/access.js';
import { Clients } from '../../core/web/clients.js';
import { sendText } from '../../surfaces/oauth1/api-answer.js';
import { ApiCall } from '../../surfaces/oauth1/api-operation.js';
import { atBothBases } from '../../surfaces/oauth1/api-paths.js';
import { ApiFilter } from '../../surfaces/oauth1/api.filter.js';
import { formOf } from '../../surfaces/oauth1/form-parameters.js';
import { OAuthGate } from '../../surfaces/oauth1/oauth-caller.js';
import { CREATION_CALL } from './creation.openapi.js';
import { CreationService } from './creation.service.js';

/** A language tag (BCP 47 section 2.1), as far as languages and regions go. */
const LANGUAGE_TAG = /^[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8}){0,3}$/;

/** `/api/users/{username}/requests` (user-requests section 3). */
@Controller(atBothBases('api/users'))
@UseFilters(ApiFilter)
export class RequestsController {
  constructor(
    private readonly gate: OAuthGate,
    private readonly creation: CreationService,
    private readonly clients: Clients,
  ) {}

  @Post(':username/requests')
  @ApiCall(CREATION_CALL)
  @Public('PASSWORD_RESET and UNLOCK_ACCOUNT are for anybody; the handler asks the OAuth gate for all else')
  async create(
    @Param('username') name: string,
    @Query('locale') locale: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const form = await formOf(request);
    const caller = await this.gate.caller(request, form);
    const language = typeof locale === 'string' && LANGUAGE_TAG.test(locale) ? locale.replaceAll('_', '-') : undefined;
    const client = caller === 'anonymous' ? this.clients.of(request) : caller.client;
    sendText(reply, await this.creation.create({ name, form, language, client }, caller));
  }
}
