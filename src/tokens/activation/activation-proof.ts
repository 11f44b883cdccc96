import { Injectable } from '@nestjs/common';
import type { PlainSecret } from '../../core/crypto/secret-types.js';
import type { Tx } from '../../core/database/database.js';
import type { FoundPerson } from '../../core/directory/people.js';
import type { TokenRules } from '../token-rules.js';
import type { HeldToken } from '../token-store.js';
import { type AttemptContext, Attempts } from '../verification/attempts.js';
import { TokenlessAttempts, type TokenlessOrder } from '../verification/tokenless-attempts.js';
import type { ActivationPurpose } from './activation-code.entity.js';
import { ActivationCodes } from './activation-codes.js';

/** Who shows the hash of a code, for which token. */
export interface ActivationAttempt {
  readonly found: FoundPerson;
  readonly held: HeldToken;
  readonly purpose: ActivationPurpose;
  /** How many wrong codes in a row, of whichever token, are looked at. */
  readonly rules: TokenRules;
  /** For the audit. */
  readonly context: AttemptContext;
}

/**
 * - `passcode-wrong`: another code;
 * - `passcode-expired`: none that may be tried: none was made, it is too old, used, or all attempts are used up;
 * - `authenticator-locked`: too many wrong codes of this person, and nothing was looked at.
 */
export type ProofRefusal = 'passcode-wrong' | 'passcode-expired' | 'authenticator-locked';

export type ActivationVerdict =
  { readonly ok: true; readonly codeId: string } | { readonly ok: false; readonly code: ProofRefusal };

/**
 * Looks at activation and authorisation codes: counted at the code and at the person first, committed (design, invariant
 * 2), so that a fresh code does not buy fresh guesses (attack class 27).
 */
@Injectable()
export class ActivationProof {
  constructor(
    private readonly codes: ActivationCodes,
    private readonly attempts: Attempts,
    private readonly tokenless: TokenlessAttempts,
  ) {}

  /**
   * Counts and judges. What is right is not used up yet, see {@link settle}. Not inside a transaction.
   *
   * @throws DomainError `too-many-attempts` with `retryAfter` seconds, where the rules make people wait
   */
  async judge(attempt: ActivationAttempt, hash: PlainSecret): Promise<ActivationVerdict> {
    const target = { assignmentId: attempt.held.assignment.id, purpose: attempt.purpose };
    const order = orderOf(attempt);
    if (await this.tokenless.locked(order)) return this.refuse(attempt, 'authenticator-locked');
    // Where nothing can be right nothing is counted at the person, and who has to wait uses up nothing of a code.
    if (!(await this.codes.isOpen(target))) return this.refuse(attempt, 'passcode-expired');
    if (!(await this.tokenless.count(order))) return this.refuse(attempt, 'authenticator-locked');
    const counted = await this.codes.attempt(target, hash);
    if (!counted) return this.refuse(attempt, 'passcode-expired');
    return counted.right ? { ok: true, codeId: counted.id } : this.refuse(attempt, 'passcode-wrong');
  }

  /**
   * Uses a right code up, together with what it was shown for, and forgets the wrong ones. All of it or nothing.
   *
   * @param work what may happen once; its error takes everything back
   * @returns false when another one was first
   */
  settle(attempt: ActivationAttempt, codeId: string, work: (tx: Tx) => Promise<void>): Promise<boolean> {
    return this.tokenless.settle(orderOf(attempt), async (tx) => {
      if (!(await this.codes.consume(tx, codeId))) return false;
      await work(tx);
      return true;
    });
  }

  private async refuse(attempt: ActivationAttempt, code: ProofRefusal): Promise<ActivationVerdict> {
    await this.attempts.refuse(orderOf(attempt), code);
    return { ok: false, code };
  }
}

function orderOf({ found, held, purpose, rules, context }: ActivationAttempt): TokenlessOrder {
  const detail = { ...context.detail, serial: held.token.serial, code: purpose };
  return { accountId: found.account.id, authenticator: 'AUTHCODE', rules, context: { ...context, detail } };
}
