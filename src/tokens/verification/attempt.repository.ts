import { Injectable } from '@nestjs/common';
import type { KeyedDigest } from '../../core/crypto/secret-types.js';
import { Database, rows, type Tx } from '../../core/database/database.js';
import { DomainError } from '../../core/errors/domain-error.js';
import type { UsableToken } from '../usable-token.js';
import {
  BY_DIGEST,
  COUNT,
  GIVE_BACK_IF_KNOWN,
  LOCKED,
  REMEMBER_CANDIDATE,
  USABLE_TOKENS,
} from './attempt-statements.js';
import type { AttemptStart, AttemptSuccess, CountedAttempt, CountedAuthenticator } from './attempt-shapes.js';
import { Counting } from './counting.js';
import { remainingDelay } from './growing-delay.js';
import { Settling } from './settling.js';
import { type UsableRow, usableToken } from './usable-row.js';

/** Before every moment that can be stored; a lock is never older. */
const NEVER = new Date(0);

/**
 * The two statements of a verification (design, invariant 12), and what else attempts need. Each is committed by itself;
 * those of concurrent verifications are combined.
 */
@Injectable()
export class AttemptRepository {
  private readonly counting: Counting;
  private readonly settling: Settling;

  constructor(private readonly database: Database) {
    this.counting = new Counting(database);
    this.settling = new Settling(database);
  }

  /** Counts the attempt, and reads what it may succeed with. */
  begin(start: AttemptStart): Promise<CountedAttempt> {
    return this.counting.begin(start);
  }

  /** The tokens that an attempt could succeed with, most wanted first; nothing is counted. */
  async usable({
    accountId,
    kinds,
    tokenId,
    now,
  }: Pick<AttemptStart, 'accountId' | 'kinds' | 'tokenId' | 'now'>): Promise<UsableToken[]> {
    const found = await rows<UsableRow>(this.database.manager, USABLE_TOKENS, [accountId, tokenId ?? null, now, kinds]);
    return found.map(usableToken);
  }

  /**
   * Counts an attempt for which no token is needed.
   *
   * @returns false while the authenticator is locked
   * @throws DomainError `too-many-attempts` with `retryAfter` seconds while there may be no other attempt
   */
  async count(counted: CountedAuthenticator): Promise<boolean> {
    const { accountId, authenticator, now, limit, unlockedBefore = NEVER, growingDelay = false } = counted;
    const parameters = [accountId, authenticator, now, limit, unlockedBefore, growingDelay];
    const [row] = await rows(this.database.manager, COUNT, parameters);
    if (row) return true;
    if (growingDelay && !(await this.locked(counted))) {
      throw new DomainError('too-many-attempts', { params: { retryAfter: await this.retryAfter(counted) } });
    }
    return false;
  }

  private async retryAfter({ accountId, authenticator, now }: CountedAuthenticator): Promise<number> {
    const [counter] = await rows<{ failures: number; since: Date }>(
      this.database.manager,
      'SELECT failures, last_failed_at AS since FROM authenticator_counters WHERE account_id = $1 AND authenticator = $2',
      [accountId, authenticator],
    );
    return counter ? remainingDelay(counter.failures, counter.since, now) : 0;
  }

  /** Whether an attempt would find the authenticator locked; nothing is counted. */
  async locked(counted: CountedAuthenticator): Promise<boolean> {
    const { accountId, authenticator, now, limit, unlockedBefore = NEVER } = counted;
    const found = await rows(this.database.manager, LOCKED, [accountId, authenticator, limit, unlockedBefore, now]);
    return found.length > 0;
  }

  /** Forgets the failures: an attempt without a token was right. */
  async forgetFailures(tx: Tx, { accountId, authenticator }: CountedAuthenticator): Promise<void> {
    await rows(tx, 'UPDATE authenticator_counters SET failures = 0 WHERE account_id = $1 AND authenticator = $2', [
      accountId,
      authenticator,
    ]);
  }

  /** The usable token of a counted attempt that holds one of these digests. */
  async byDigest(start: AttemptStart, digests: readonly KeyedDigest[]): Promise<UsableToken | undefined> {
    const [row] = await rows<UsableRow>(this.database.manager, BY_DIGEST, [
      start.accountId,
      start.kinds,
      start.now,
      digests,
    ]);
    return row && usableToken(row);
  }

  /** Takes the count back where what was shown is a secret of this person that does not work any more. */
  async giveBackIfKnown(start: AttemptStart, digests: readonly KeyedDigest[]): Promise<void> {
    const { accountId, authenticator, kinds } = start;
    await rows(this.database.manager, GIVE_BACK_IF_KNOWN, [accountId, authenticator, kinds, digests]);
  }

  /** @returns whether the attempt counts as right: false when another one with the same passcode was first */
  settle(success: AttemptSuccess): Promise<boolean> {
    return this.settling.settle(success);
  }

  /** Remembers a moving factor outside the accepted window (section 6.2); the attempt is not counted. */
  async rememberCandidate(start: AttemptStart, token: UsableToken, counter: number): Promise<void> {
    const { accountId, authenticator, now } = start;
    await rows(this.database.manager, REMEMBER_CANDIDATE, [token.tokenId, counter, now, accountId, authenticator]);
  }

  /** Any other passcode forgets the candidate. */
  async forgetCandidate(token: UsableToken): Promise<void> {
    await rows(this.database.manager, 'UPDATE tokens SET candidate_counter = NULL, candidate_at = NULL WHERE id = $1', [
      token.tokenId,
    ]);
  }
}
