import { Injectable } from '@nestjs/common';
import { PasscodeKinds } from '../../tokens/kinds/passcode-kinds.js';
import { Passcodes } from '../../tokens/verification/passcodes.js';
import { accepted } from './accepted.js';
import { ChallengeAnswers } from './challenge-answers.js';
import type { AcceptedCredential, CredentialCheck, CredentialOrder } from './credential-check.js';
import { need } from './credential-methods.js';
import { TokenChoice } from './token-choice.js';
import { numericCode } from './typed-otp.js';

/**
 * `OTP`: codes of tokens, apps and lists (authentication methods, section 6.1), with the PIN in front of the code or in
 * `pin`; with `cc` the response of a token. Without `cc` this is the hot path: one statement counts and reads, another
 * settles, and nothing else is asked.
 */
@Injectable()
export class OneTimePassword implements CredentialCheck {
  readonly method = 'OTP';

  constructor(
    private readonly passcodes: Passcodes,
    private readonly kinds: PasscodeKinds,
    private readonly tokens: TokenChoice,
    private readonly answers: ChallengeAnswers,
  ) {}

  async verify(order: CredentialOrder): Promise<AcceptedCredential> {
    const { credential, found, token, rules, context } = order;
    const otp = numericCode(need(credential.otp, 'otp'));
    if (credential.cc !== undefined) return this.answers.verify(order, 'OTP', otp);
    const wish = { accountId: found.account.id, kinds: this.kinds.of('OTP'), reference: token };
    const verdict = await this.passcodes.verify({
      accountId: wish.accountId,
      authenticator: 'OTP',
      ...(await this.tokens.meant(wish)),
      typed: otp,
      shownPin: credential.pin ?? null,
      // A PIN that is given must be right, also where none is demanded.
      rules: credential.pin === undefined ? rules : { ...rules, pinPrefix: true },
      context,
    });
    if (!verdict.ok && verdict.code === 'no-usable-token') throw await this.tokens.refusal(wish);
    return accepted(this.method, verdict);
  }
}
