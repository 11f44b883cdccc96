import { Controller, Delete, Get, Patch, Post, Req, Res, UseFilters } from '@nestjs/common';
import type { SchemaObject } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { plainSecret } from '../../core/crypto/secret-types.js';
import { DomainError } from '../../core/errors/domain-error.js';
import { Guarded } from '../../core/web/access.js';
import { Clients } from '../../core/web/clients.js';
import { startedElsewhere } from '../../core/web/visit.js';
import { PasswordLogIn } from '../../sessions/log-in/password-log-in.js';
import { Sessions } from '../../sessions/sessions.js';
import { done, sendRest } from '../../surfaces/iam-rest/rest-answer.js';
import { readObject } from '../../surfaces/iam-rest/rest-body.js';
import { optionalText, requirePresent, textOf } from '../../surfaces/iam-rest/rest-fields.js';
import { RestFilter } from '../../surfaces/iam-rest/rest.filter.js';
import { DONE_SCHEMA, RestOperation } from '../../surfaces/iam-rest/rest-operation.js';
import { BanFilter } from './ban-filter.js';
import { BanGuard } from './ban.guard.js';
import { callerOf, IamSessionGuard } from './iam-session.guard.js';
import { SessionCookie } from './session-cookie.js';
import { sessionView } from './session-view.js';

const TEXT: SchemaObject = { type: 'string' };
const DATE: SchemaObject = { type: 'string', format: 'date-time' };

const SESSION: SchemaObject = {
  type: 'object',
  required: ['id', 'user', 'created', 'expires'],
  properties: {
    id: { type: 'string', format: 'uuid', description: 'Names the session; for a token client it is the token.' },
    user: {
      type: 'object',
      required: ['id', 'domain', 'login', 'name'],
      properties: { id: TEXT, domain: TEXT, login: TEXT, name: TEXT },
    },
    session_token: { type: 'string', description: 'For `Authorization: Bearer`; only where `session_type` was given.' },
    created: DATE,
    expires: { ...DATE, description: 'When it is over without another call.' },
  },
};

/** `/rest/v1/iam/sessions` (iam-rest section 2). */
@Controller('rest/v1/iam/sessions')
@UseFilters(RestFilter)
export class SessionsController {
  constructor(
    private readonly login: PasswordLogIn,
    private readonly bans: BanFilter,
    private readonly sessions: Sessions,
    private readonly cookie: SessionCookie,
    private readonly clients: Clients,
  ) {}

  @Post()
  @Guarded(BanGuard)
  @RestOperation({
    id: 'logIn',
    summary: 'Log in',
    description: 'Sets the session cookie, or with `session_type` answers a token for `Authorization: Bearer`.',
    body: {
      type: 'object',
      required: ['domain', 'login', 'pwd'],
      properties: {
        domain: TEXT,
        login: TEXT,
        pwd: { type: 'string', format: 'password' },
        session_type: { type: 'string', description: 'Any text asks for a token in place of the cookie.' },
      },
    },
    answer: SESSION,
    codes: [1400, 1401, 1403, 1415, 1501],
  })
  async logIn(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    // A page of another site must not log its visitors in as somebody else.
    if (startedElsewhere(request)) throw new DomainError('form-not-valid', { detail: 'sent by another site' });
    const body = await readObject(request);
    requirePresent(body, 'domain', 'login', 'pwd');
    const credentials = {
      domain: textOf(body, 'domain'),
      login: textOf(body, 'login'),
      password: plainSecret(textOf(body, 'pwd')),
    };
    const kind = optionalText(body, 'session_type') ? 'bearer' : 'cookie';
    const client = this.clients.of(request);
    const { session, secret, found } = await this.login.logIn(
      credentials,
      { event: 'iam-login', client, gate: this.bans },
      { kind, clientName: request.headers['user-agent'] },
    );
    if (kind === 'cookie') await this.cookie.set(reply, secret);
    const view = sessionView({ session, found, shown: kind === 'bearer' ? secret : session.id });
    sendRest(reply, kind === 'bearer' ? { ...view, session_token: secret } : view);
  }

  @Get('current')
  @Guarded(BanGuard, IamSessionGuard)
  @RestOperation({
    id: 'currentSession',
    summary: 'Show the session of this call',
    session: 'required',
    answer: SESSION,
    codes: [1403],
  })
  current(@Req() request: FastifyRequest, @Res() reply: FastifyReply): void {
    sendRest(reply, sessionView(callerOf(request)));
  }

  @Patch('current')
  @Guarded(BanGuard, IamSessionGuard)
  @RestOperation({
    id: 'changeCurrentSession',
    summary: 'Change the session of this call',
    description: 'A session has nothing that can be changed yet; unknown fields are ignored.',
    session: 'required',
    body: { type: 'object' },
    answer: SESSION,
    codes: [1400, 1403, 1415],
  })
  async change(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const caller = callerOf(request);
    await readObject(request, caller.session.kind === 'cookie');
    sendRest(reply, sessionView(caller));
  }

  @Delete('current')
  @Guarded(BanGuard, IamSessionGuard)
  @RestOperation({ id: 'logOut', summary: 'Log out', session: 'required', answer: DONE_SCHEMA, codes: [1403] })
  async logOut(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { session } = callerOf(request);
    await this.sessions.end(session, 'logged-out');
    if (session.kind === 'cookie') await this.cookie.drop(reply);
    sendRest(reply, done('Logged out'));
  }
}
