import { Injectable } from '@nestjs/common';
import { AuthRefusal } from '../../surfaces/auth-envelope/auth-refusal.js';
import type { ChallengePurpose } from '../../tokens/challenges/challenge-purpose.js';
import { ChallengeAnswers } from './challenge-answers.js';
import { AuthPeople } from '../people/auth-people.js';
import type { AcceptedCredential, CredentialCheck, CredentialOrder } from './credential-check.js';
import { type CheckedMethod, methodsOf } from './credential-methods.js';
import { NOTHING_SENT } from './on-demand-passcode.js';

/** The authenticator that answers a challenge of a purpose, where `method` does not say. */
const ANSWERED_BY: Partial<Record<ChallengePurpose, CheckedMethod>> = {
  ocra: 'OTP',
  'otp-list': 'OTP',
  grid: 'GRID',
  gridgo: 'GRIDGO',
  'fido-assertion': 'FIDO',
};
const ANSWERABLE = Object.keys(ANSWERED_BY) as ChallengePurpose[];

/** Decides which of the checks a credential is for, and has it made. */
@Injectable()
export class Credentials {
  constructor(
    private readonly checks: ReadonlyMap<CheckedMethod, CredentialCheck>,
    private readonly challenges: ChallengeAnswers,
    private readonly people: AuthPeople,
  ) {}

  /**
   * Verifies a credential.
   *
   * @param allowed the authenticators that may be presented; all when absent
   * @throws AuthRefusal 232 when the credential is for none of them, and as {@link CredentialCheck.verify}
   * @throws DomainError as {@link CredentialCheck.verify}
   */
  async verify(order: CredentialOrder, allowed?: readonly string[]): Promise<AcceptedCredential> {
    try {
      return await this.examine(order, allowed);
    } catch (error) {
      // What there is to say of the person comes before what there is to say of tokens (section 3).
      if (AuthRefusal.is(error, 250, 251, 252, 253, 254, 255, 256, 257))
        await this.people.requireUnblocked(order.found);
      throw error;
    }
  }

  private async examine(order: CredentialOrder, allowed?: readonly string[]): Promise<AcceptedCredential> {
    const methods = await this.candidates(order);
    const [first, ...others] = methods.filter((method) => allowed?.includes(method) ?? true);
    if (first === undefined) throw new AuthRefusal(232);
    try {
      return await this.check(first).verify(order);
    } catch (error) {
      const [next] = others;
      if (next === undefined || !AuthRefusal.is(error, 251)) throw error;
      return this.instead(order, next, error);
    }
  }

  /** Nothing was counted for an authenticator that the person does not have: the next one it may be is tried. */
  private async instead(order: CredentialOrder, next: CheckedMethod, first: AuthRefusal): Promise<AcceptedCredential> {
    try {
      return await this.check(next).verify(order);
    } catch (error) {
      throw AuthRefusal.is(error, 300) && error.detail === NOTHING_SENT ? first : error;
    }
  }

  /** What the credential may be, most likely first; a challenge that is there says it for sure. */
  private async candidates(order: CredentialOrder): Promise<readonly CheckedMethod[]> {
    const { credential } = order;
    const methods = methodsOf(credential);
    if (credential.cc === undefined || credential.method) return methods;
    const challenge = await this.challenges.find(order, ANSWERABLE);
    const method = challenge && ANSWERED_BY[challenge.purpose];
    return method ? [method] : ['OTP'];
  }

  private check(method: CheckedMethod): CredentialCheck {
    const check = this.checks.get(method);
    if (!check) throw new Error(`${method} has no check`);
    return check;
  }
}
