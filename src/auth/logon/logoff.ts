import { Injectable } from '@nestjs/common';
import { Audit } from '../../core/audit/audit.js';
import { Database } from '../../core/database/database.js';
import type { AuthCaller } from '../../surfaces/auth-envelope/auth-caller.js';
import { PushRequests } from '../../tokens/push-requests/push-requests.js';
import { actorOf, addressOf } from '../credentials/credential-order.js';
import { LogonSessions } from './logon-sessions.js';

/** The end of logon sessions; whoever has none is told the same. */
@Injectable()
export class Logoff {
  constructor(
    private readonly sessions: LogonSessions,
    private readonly requests: PushRequests,
    private readonly audit: Audit,
    private readonly database: Database,
  ) {}

  /** Ends the session, with what its person is asked on their devices, and expires the cookie. */
  async logout(caller: AuthCaller): Promise<void> {
    const ended = await this.sessions.end(caller.agent.name, caller.sessionCookie);
    caller.cookies.drop();
    if (ended !== undefined) await this.follow(caller, ended, 'logon.ended');
  }

  /** Empties the session: person, steps and policy are forgotten, its cookie stays good for another logon. */
  async reset(caller: AuthCaller): Promise<void> {
    const emptied = await this.sessions.reset(caller.agent.name, caller.sessionCookie);
    if (emptied !== undefined) await this.follow(caller, emptied, 'logon.reset');
  }

  private async follow(caller: AuthCaller, session: string, event: string): Promise<void> {
    await this.requests.withdraw(session);
    await this.audit.record(this.database.manager, {
      event,
      outcome: 'success',
      actor: actorOf(caller),
      clientAddress: addressOf(caller),
      correlationId: caller.correlationId,
    });
  }
}
