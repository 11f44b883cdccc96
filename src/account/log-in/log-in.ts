import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DomainError } from '../../core/errors/domain-error.js';
import { Clients } from '../../core/web/clients.js';
import type { Visit } from '../../core/web/visit.js';
import { LogInGate } from '../../sessions/log-in/password-gate.js';
import { type Credentials, PasswordLogIn } from '../../sessions/log-in/password-log-in.js';
import { BrowserSessions } from '../../sessions/web/browser-sessions.js';
import { SecondFactorDoor } from '../step-up/second-factor-door.js';
import { StepUp } from '../step-up/step-up.js';

/** Who wants to log in, and where to go then. */
export interface LogInWish {
  readonly credentials: Credentials;
  readonly to: string;
}

/** From credentials to a session, and to what is asked next. */
@Injectable()
export class LogIn {
  constructor(
    private readonly passwords: PasswordLogIn,
    private readonly gate: LogInGate,
    private readonly browsers: BrowserSessions,
    private readonly stepUp: StepUp,
    private readonly door: SecondFactorDoor,
    private readonly clients: Clients,
  ) {}

  /**
   * Begins a session; it shows nothing before the second factor, where the person has one.
   *
   * @returns the path to lead on to
   * @throws DomainError as `PasswordLogIn.prove`
   */
  async begin(
    request: FastifyRequest,
    reply: FastifyReply,
    visit: Visit,
    { credentials, to }: LogInWish,
  ): Promise<string> {
    const client = this.clients.of(request);
    await this.gate.requireRoom(client.address);
    const found = await this.passwords.prove(credentials, { event: 'account-log-in', client });
    const opened = await this.browsers.begin(request, reply, { found, begunBy: 'password' });
    if (!opened) throw new DomainError('credentials-invalid', { detail: 'changed meanwhile' });
    const browser = { session: opened.session, found, client };
    const owed = await this.stepUp.owedToLook(browser);
    return owed.length === 0 ? to : this.door.open(reply, visit, browser, to);
  }
}
