import { Injectable } from '@nestjs/common';
import { KeyRing } from '../../core/crypto/key-ring.js';
import type { PlainSecret } from '../../core/crypto/secret-types.js';
import { DomainError } from '../../core/errors/domain-error.js';
import { Clock } from '../../core/time/clock.js';
import type { AuthCaller } from '../../surfaces/auth-envelope/auth-caller.js';
import type { AssignmentReference, TokenReference, UserReference } from '../../surfaces/auth-envelope/references.js';
import { Attempts, type AttemptRefusal } from '../../tokens/verification/attempts.js';
import { TokenlessAttempts, type TokenlessOrder } from '../../tokens/verification/tokenless-attempts.js';
import { CredentialOrders } from '../credentials/credential-orders.js';
import { Credential } from '../credentials/credential.js';
import { Verification } from '../verification/verification.js';
import { countedFor, isRightPin } from './pin-judgement.js';
import { refuseIf, unusable } from './token-standing.js';
import { type TokenTarget, TokenTargets } from './token-target.js';

/** Whose PIN; without a token and an assignment it is the static password. */
export interface PinReference {
  readonly user: UserReference;
  readonly token?: TokenReference;
  readonly tokenAssignment?: AssignmentReference;
}

/** Checks PINs by themselves (authentication methods, section 4.20). */
@Injectable()
export class PinVerification {
  constructor(
    private readonly targets: TokenTargets,
    private readonly verification: Verification,
    private readonly orders: CredentialOrders,
    private readonly tokenless: TokenlessAttempts,
    private readonly attempts: Attempts,
    private readonly keyRing: KeyRing,
    private readonly clock: Clock,
  ) {}

  /**
   * Counted first, like every credential.
   *
   * @throws AuthRefusal 253 to 257, and as `TokenTargets.find`
   * @throws DomainError `passcode-wrong`, `authenticator-locked`; for the static password as `Verification.verify`
   */
  async verify(caller: AuthCaller, reference: PinReference, pin: PlainSecret): Promise<void> {
    const { user, token, tokenAssignment } = reference;
    if (!token && !tokenAssignment) {
      const credential = Object.assign(new Credential(), { method: 'SPASS', password: pin });
      await this.verification.verify(caller, { user, credential });
      return;
    }
    const now = this.clock.now();
    const target = await this.targets.find(caller, reference, (held) => unusable(held, now) === undefined);
    refuseIf(unusable(target.held, now));
    await this.verifyOf(caller, target, pin);
  }

  private async verifyOf(caller: AuthCaller, { found, held }: TokenTarget, pin: PlainSecret): Promise<void> {
    const { rules, context } = await this.orders.of(caller, new Credential(), { found });
    const detail = { ...context.detail, serial: held.token.serial, pin: true };
    const order: TokenlessOrder = {
      accountId: found.account.id,
      authenticator: countedFor(held),
      rules,
      context: { ...context, detail },
    };
    if (!(await this.tokenless.count(order))) return this.refuse(order, 'authenticator-locked');
    if (!isRightPin(this.keyRing, held, pin)) return this.refuse(order, 'passcode-wrong');
    await this.tokenless.settle(order, () => Promise.resolve(true));
  }

  private async refuse(order: TokenlessOrder, code: AttemptRefusal): Promise<never> {
    await this.attempts.refuse(order, code);
    throw new DomainError(code);
  }
}
