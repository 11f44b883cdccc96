import { Injectable } from '@nestjs/common';
import type { AuthCaller } from '../../surfaces/auth-envelope/auth-caller.js';
import { AuthMethod, NoParameters } from '../../surfaces/auth-envelope/auth-method.js';
import { Logoff } from './logoff.js';

/** `/auth/logout` and `/auth/resetLogon` (authentication methods, sections 4.7 and 4.21). */
@Injectable()
export class LogoffMethods {
  constructor(private readonly logoff: Logoff) {}

  @AuthMethod({
    name: 'logout',
    summary: 'End the logon session',
    description: 'Without a session the answer is the same. What the person is asked on their devices is withdrawn.',
    permission: 'logon',
    changes: true,
    parameters: NoParameters,
    result: 'none',
    codes: [],
    examples: [{ summary: 'The end', request: {}, response: { error: 0 } }],
  })
  async logout(_parameters: NoParameters, caller: AuthCaller): Promise<void> {
    await this.logoff.logout(caller);
  }

  @AuthMethod({
    name: 'resetLogon',
    summary: 'Begin a logon anew in the same session',
    description:
      'Forgets the person and the steps that were passed, also in the middle of a logon. The cookie stays good.',
    permission: 'logon',
    changes: true,
    parameters: NoParameters,
    result: 'none',
    codes: [],
    examples: [{ summary: 'Another person', request: {}, response: { error: 0 } }],
  })
  async resetLogon(_parameters: NoParameters, caller: AuthCaller): Promise<void> {
    await this.logoff.reset(caller);
  }
}
