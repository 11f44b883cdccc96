import { Controller, Patch, Post, Req, Res, UseFilters } from '@nestjs/common';
import type { SchemaObject } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Guarded } from '../../core/web/access.js';
import { Clients } from '../../core/web/clients.js';
import { done, sendRest } from '../../surfaces/iam-rest/rest-answer.js';
import { readObject } from '../../surfaces/iam-rest/rest-body.js';
import { RestFilter } from '../../surfaces/iam-rest/rest.filter.js';
import { DONE_SCHEMA, RestOperation } from '../../surfaces/iam-rest/rest-operation.js';
import { requireLinkId } from '../links/link-id.js';
import { LINK_DONE_SCHEMA, PWD_SCHEMA } from '../links/link-schemas.js';
import { wishedLanguage } from '../links/wished-language.js';
import { BanFilter } from '../sessions/ban-filter.js';
import { BanGuard } from '../sessions/ban.guard.js';
import { RegistrationConfirmation } from './registration-confirmation.js';
import { RegistrationService } from './registration.service.js';

const text = (description: string): SchemaObject => ({ type: 'string', description });

/** `/rest/v1/iam/self_register_requests` (iam-rest section 3). */
@Controller('rest/v1/iam/self_register_requests')
@Guarded(BanGuard)
@UseFilters(RestFilter)
export class SelfRegisterController {
  constructor(
    private readonly registrations: RegistrationService,
    private readonly confirmation: RegistrationConfirmation,
    private readonly clients: Clients,
    private readonly bans: BanFilter,
  ) {}

  @Post()
  @RestOperation({
    id: 'askForRegistration',
    summary: 'Ask for an account: a link is mailed that proves the mailbox',
    description: 'One call of an address in two minutes; calls that get past the presence of the fields count.',
    body: {
      type: 'object',
      required: ['domain', 'login', 'name', 'email'],
      properties: {
        domain: text('A domain that accepts self-registration.'),
        login: { ...text('A-Za-z0-9_-.~!; free in the domain.'), minLength: 1, maxLength: 100 },
        name: { ...text('Any printable text.'), minLength: 1, maxLength: 1_000 },
        email: { ...text('One address.'), maxLength: 254 },
      },
    },
    answer: DONE_SCHEMA,
    codes: [1400, 1403, 1415, 1429, 1501, 1503],
  })
  async ask(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const body = await readObject(request);
    await this.registrations.ask(body, this.clients.of(request), wishedLanguage(request));
    sendRest(reply, done('Check your email box for confirmation URL'));
  }

  @Patch(':id')
  @RestOperation({
    id: 'confirmRegistration',
    summary: 'Make the account of a registration, with its first password',
    path: { id: 'The id in the mailed link.' },
    body: { type: 'object', required: ['pwd'], properties: { pwd: PWD_SCHEMA } },
    answer: LINK_DONE_SCHEMA,
    codes: [1400, 1403, 1404, 1415, 1501, 1503],
  })
  async confirm(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const client = this.clients.of(request);
    const id = await requireLinkId(request, client, this.bans);
    const user = await this.confirmation.confirm(id, await readObject(request), client);
    sendRest(reply, { ...done('Now login with new password'), user });
  }
}
