import { Injectable } from '@nestjs/common';
import { AuthRefusal } from '../../surfaces/auth-envelope/auth-refusal.js';
import { OnDemandCheck } from '../../tokens/kinds/on-demand/on-demand-check.js';
import { accepted } from './accepted.js';
import {
  type AcceptedCredential,
  boundToAgent,
  type CredentialCheck,
  type CredentialOrder,
} from './credential-check.js';
import { need } from './credential-methods.js';
import { TokenChoice } from './token-choice.js';
import { numericCode } from './typed-otp.js';

/** For the log, and for who only guessed that a passcode is meant. */
export const NOTHING_SENT = 'no passcode is on its way';

/** `OTPoD`: a passcode that `sendOTP` has sent for this agent (authentication methods, section 6.7). */
@Injectable()
export class OnDemandPasscode implements CredentialCheck {
  readonly method = 'OTPoD';

  constructor(
    private readonly check: OnDemandCheck,
    private readonly tokens: TokenChoice,
  ) {}

  async verify({ agent, found, token, credential, rules, context }: CredentialOrder): Promise<AcceptedCredential> {
    const typed = numericCode(need(credential.otp, 'otp'));
    // Passcodes need no token; one that is named must be the person's and usable all the same.
    const used =
      token && (await this.tokens.pick({ accountId: found.account.id, kinds: ['T-Pass'], reference: token }));
    const verdict = await this.check.verify({ found, context, rules, boundTo: boundToAgent(agent), typed });
    // No `cc` names a passcode: where none is on its way, what was typed is simply wrong.
    if (!verdict.ok && verdict.code === 'challenge-not-valid') throw new AuthRefusal(300, {}, NOTHING_SENT);
    return {
      ...accepted(this.method, verdict.ok ? { ok: true } : verdict),
      token: used && { id: used.id, serial: used.serial },
    };
  }
}
