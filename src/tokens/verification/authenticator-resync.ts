import { Injectable } from '@nestjs/common';
import { Audit } from '../../core/audit/audit.js';
import { KeyRing } from '../../core/crypto/key-ring.js';
import type { PlainSecret } from '../../core/crypto/secret-types.js';
import { Database } from '../../core/database/database.js';
import { advanceIfGreater } from '../../core/database/guarded-update.js';
import { Configuration } from '../../core/domains/configuration.js';
import { DomainError } from '../../core/errors/domain-error.js';
import { Clock } from '../../core/time/clock.js';
import type { EnrolmentHolder } from '../enrolment/enrolment-holder.js';
import { matchResync, totpPosition } from '../kinds/oath/match-resync.js';
import { resyncTotpByOne } from '../oath/match-totp.js';
import type { ResyncMatch } from '../oath/otp-match.js';
import type { HeldToken } from '../token-store.js';
import { rulesOf, type TokenRules, tokenRules } from '../token-rules.js';
import { Token } from '../token.entity.js';
import type { CountedAuthenticator } from './attempt-shapes.js';
import { AttemptRepository } from './attempt.repository.js';

/**
 * Brings a person's TOTP and HOTP tokens back into step (authentication methods, section 6.2). The moving factor only ever grows, by
 * one guarded statement, so that none of the codes shown, and none before them, is good for a log-in afterwards.
 */
@Injectable()
export class AuthenticatorResync {
  constructor(
    private readonly attempts: AttemptRepository,
    private readonly keyRing: KeyRing,
    private readonly configuration: Configuration,
    private readonly audit: Audit,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /**
   * By two or three consecutive codes; of a TOTP token one will do. Counted first like every look at a passcode. Not inside
   * a transaction.
   *
   * @param own the rules in force for the person, where they are known
   * @throws DomainError `authenticator-locked`; `passcode-wrong` for codes that are none of the token's, that are used, or
   *   that stand in several places; `passcode-replayed` when another one was first
   */
  async byCodes(
    holder: EnrolmentHolder,
    held: HeldToken,
    codes: readonly PlainSecret[],
    own?: TokenRules,
  ): Promise<void> {
    const { account, domain } = holder.found;
    const rules = own ?? tokenRules(await this.configuration.snapshot(), domain.id);
    const counted: CountedAuthenticator = {
      accountId: account.id,
      authenticator: 'OTP',
      now: this.clock.now(),
      limit: rules.maxFailures,
      unlockedBefore: rules.lockSeconds === undefined ? undefined : this.clock.in(-rules.lockSeconds),
      growingDelay: rules.growingDelay ?? false,
    };
    if (!(await this.attempts.count(counted))) throw new DomainError('authenticator-locked');
    const match = this.match(held, codes, rulesOf(rules, held.token.product), counted.now);
    if (match.outcome !== 'accepted') throw new DomainError('passcode-wrong', { detail: match.outcome });
    await this.advance(holder, held, match, counted);
  }

  /**
   * Sets the counter of a HOTP token to the one that its next code has.
   *
   * @throws DomainError `value-out-of-range` for a counter at which the token stands already, or has passed
   */
  async toCounter(holder: EnrolmentHolder, held: HeldToken, next: number): Promise<void> {
    try {
      await this.advance(holder, held, { counter: next - 1, driftSteps: 0 });
    } catch (error) {
      if (!DomainError.is(error, 'passcode-replayed')) throw error;
      throw new DomainError('value-out-of-range', { params: { parameter: 'counter' }, cause: error });
    }
  }

  private match(held: HeldToken, codes: readonly PlainSecret[], rules: TokenRules, at: Date): ResyncMatch {
    const [only, ...others] = codes;
    return held.token.kind === 'TOTP' && only !== undefined && others.length === 0
      ? resyncTotpByOne(totpPosition(held, this.keyRing, at), only, at, rules.time)
      : matchResync(held, codes, { rules, keyRing: this.keyRing, at });
  }

  private async advance(
    { found, requestId, context }: EnrolmentHolder,
    { token, assignment }: HeldToken,
    { counter, driftSteps }: { readonly counter: number; readonly driftSteps: number },
    counted?: CountedAuthenticator,
  ): Promise<void> {
    await this.database.transaction(async (tx) => {
      const moved = await advanceIfGreater(
        tx,
        Token,
        { where: 'id = :id', parameters: { id: token.id } },
        { property: 'counter', value: counter },
        { drift: driftSteps, candidateCounter: null, candidateAt: null },
      );
      if (!moved) throw new DomainError('passcode-replayed');
      if (counted) await this.attempts.forgetFailures(tx, counted);
      await this.audit.record(tx, {
        ...context,
        event: 'authenticator.resynchronised',
        outcome: 'success',
        accountId: found.account.id,
        requestId,
        detail: { kind: token.kind, serial: token.serial, slot: assignment.slot, drift: driftSteps },
      });
    });
  }
}
