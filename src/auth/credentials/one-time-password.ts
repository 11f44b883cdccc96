import { Injectable } from '@nestjs/common';
import type { PlainSecret } from '../../core/crypto/secret-types.js';
import { OtpListChallenges } from '../../tokens/kinds/otp-list/otp-list-challenges.js';
import { PasscodeKinds } from '../../tokens/kinds/passcode-kinds.js';
import { Passcodes } from '../../tokens/verification/passcodes.js';
import { accepted } from './accepted.js';
import { withPin } from './beside-passcode.js';
import { ChallengeAnswers } from './challenge-answers.js';
import {
  type AcceptedCredential,
  boundToAgent,
  type CredentialCheck,
  type CredentialOrder,
} from './credential-check.js';
import { need } from './credential-methods.js';
import { TokenChoice } from './token-choice.js';
import { numericCode } from './typed-otp.js';

/**
 * `OTP`: codes of tokens, apps and lists (authentication methods, section 6.1), with the PIN in front of the code or in
 * `pin`; with `cc` the response of a token, or the entry of a list that was asked. Without `cc` this is the hot path: one
 * statement counts and reads, another settles, and nothing else is asked.
 */
@Injectable()
export class OneTimePassword implements CredentialCheck {
  readonly method = 'OTP';

  constructor(
    private readonly passcodes: Passcodes,
    private readonly kinds: PasscodeKinds,
    private readonly tokens: TokenChoice,
    private readonly answers: ChallengeAnswers,
    private readonly lists: OtpListChallenges,
  ) {}

  async verify(order: CredentialOrder): Promise<AcceptedCredential> {
    const { credential, found, token, context } = order;
    const otp = numericCode(need(credential.otp, 'otp'));
    if (credential.cc !== undefined) return this.answer(order, otp);
    const wish = { accountId: found.account.id, kinds: this.kinds.of('OTP'), reference: token };
    const verdict = await this.passcodes.verify({
      accountId: wish.accountId,
      authenticator: 'OTP',
      ...(await this.tokens.meant(wish)),
      typed: otp,
      ...withPin(order),
      context,
    });
    if (!verdict.ok && verdict.code === 'no-usable-token') throw await this.tokens.refusal(wish);
    return accepted(this.method, verdict);
  }

  /** To the number of an entry that was asked, or else to the challenge of a token. */
  private async answer(order: CredentialOrder, typed: PlainSecret): Promise<AcceptedCredential> {
    const { agent, found, context, token: reference } = order;
    const asked = await this.answers.find(order, ['otp-list']);
    if (!asked) return this.answers.verify(order, this.method, typed);
    if (reference) await this.tokens.pick({ accountId: found.account.id, kinds: ['OTPList'], reference });
    const boundTo = boundToAgent(agent);
    const verdict = await this.lists.answer({
      found,
      context,
      boundTo,
      challengeId: asked.id,
      typed,
      ...withPin(order),
    });
    return accepted(this.method, verdict);
  }
}
