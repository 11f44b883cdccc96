import { Controller, Patch, Post, Req, Res, UseFilters } from '@nestjs/common';
import type { SchemaObject } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DomainError } from '../../core/errors/domain-error.js';
import { Guarded } from '../../core/web/access.js';
import { Clients } from '../../core/web/clients.js';
import { done, sendRest } from '../../surfaces/iam-rest/rest-answer.js';
import { readObject } from '../../surfaces/iam-rest/rest-body.js';
import { fieldOf, requirePresent, textOf } from '../../surfaces/iam-rest/rest-fields.js';
import { RestFilter } from '../../surfaces/iam-rest/rest.filter.js';
import { DONE_SCHEMA, RestOperation } from '../../surfaces/iam-rest/rest-operation.js';
import { requireLinkId } from '../links/link-id.js';
import { accountRecovery } from '../links/link-purposes.js';
import { LINK_DONE_SCHEMA, PWD_SCHEMA } from '../links/link-schemas.js';
import { PWD } from '../links/password-form.js';
import { PasswordLink } from '../links/password-link.js';
import { BanFilter } from '../sessions/ban-filter.js';
import { BanGuard } from '../sessions/ban.guard.js';
import { IamGate } from '../sessions/iam-gate.js';
import { OwnPassword } from './own-password.js';
import { RecoveryService } from './recovery.service.js';

const text = (description: string): SchemaObject => ({ type: 'string', description });

/** `/rest/v1/iam/pwd_reset_requests` (iam-rest section 4). */
@Controller('rest/v1/iam/pwd_reset_requests')
@Guarded(BanGuard)
@UseFilters(RestFilter)
export class PwdResetController {
  constructor(
    private readonly recovery: RecoveryService,
    private readonly ownPassword: OwnPassword,
    private readonly links: PasswordLink,
    private readonly gate: IamGate,
    private readonly clients: Clients,
    private readonly bans: BanFilter,
  ) {}

  @Post()
  @RestOperation({
    id: 'askForPasswordReset',
    summary: 'Without a session: ask for a recovery link. With one: change the own password',
    description:
      'Without a session `key` is needed, and `domain` when it is a login; the answer is the same whether anybody was ' +
      'found. With a session `current_pwd` and `new_pwd` are needed; the other sessions of the person end.',
    session: 'optional',
    body: {
      type: 'object',
      properties: {
        key: text('A login, or a mail address.'),
        domain: text('Of the login; optional with a mail address.'),
        current_pwd: { ...text('With a session: the password up to now.'), format: 'password' },
        new_pwd: { ...text('With a session: the new password.'), format: 'password' },
      },
    },
    answer: DONE_SCHEMA,
    codes: [1400, 1401, 1403, 1415, 1429, 1501, 1503],
  })
  async ask(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.recovery.requireOwnPasswords();
    const caller = await this.gate.find(request, reply);
    if (typeof caller !== 'string') {
      await this.ownPassword.set(caller, await readObject(request, caller.session.kind === 'cookie'));
      return sendRest(reply, done('Password changed'));
    }
    const body = await readObject(request);
    // A browser may still send a cookie that is over; who asks for a letter does not need it.
    const needsSession = fieldOf(body, 'key') === undefined || request.headers.authorization !== undefined;
    if (caller === 'dead' && needsSession) throw new DomainError('credentials-missing');
    await this.recovery.ask(body, this.clients.of(request));
    sendRest(reply, done('Check your email box for password reset URL'));
  }

  @Patch(':id')
  @RestOperation({
    id: 'confirmPasswordReset',
    summary: 'Set the new password of a recovery',
    description: 'Every session and every other open link of the person ends, and a notice is mailed.',
    path: { id: 'The id in the mailed link.' },
    body: { type: 'object', required: ['pwd'], properties: { pwd: PWD_SCHEMA } },
    answer: LINK_DONE_SCHEMA,
    codes: [1400, 1403, 1404, 1415, 1501, 1503],
  })
  async confirm(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.recovery.requireOwnPasswords();
    const client = this.clients.of(request);
    const id = await requireLinkId(request, client, this.bans);
    const body = await readObject(request);
    requirePresent(body, PWD);
    const held = await this.links.look(accountRecovery, id, client);
    await this.links.setPassword(held, textOf(body, PWD), client);
    const { domain, person } = held.found;
    sendRest(reply, { ...done('Now login with new password'), user: { domain: domain.name, login: person.login } });
  }
}
