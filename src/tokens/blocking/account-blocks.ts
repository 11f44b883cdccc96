import { Injectable } from '@nestjs/common';
import { rows, type Tx } from '../../core/database/database.js';
import type { FoundPerson } from '../../core/directory/people.js';
import { Configuration } from '../../core/domains/configuration.js';
import { Clock } from '../../core/time/clock.js';
import type { CountedFor } from '../token-kinds.js';
import { tokenRules } from '../token-rules.js';

/** What keeps a person's authenticators from being examined. */
export interface BlockState {
  /** Whether there is a block, or a locked authenticator. */
  readonly blocked: boolean;
  /** An administrator's block; `until` null = until it is taken back. */
  readonly block: { readonly until: Date | null; readonly by: string } | undefined;
  /** Authenticators that are locked after wrong attempts (authentication methods, section 6.4). */
  readonly locked: readonly CountedFor[];
}

/** Before every moment that can be stored. */
const NEVER = new Date(0);

/** Blocks of people, and locks of their authenticators. */
@Injectable()
export class AccountBlocks {
  constructor(
    private readonly configuration: Configuration,
    private readonly clock: Clock,
  ) {}

  /**
   * Blocks every authenticator of a person, in place of an earlier block.
   *
   * @param seconds for which it holds; until it is taken back when absent
   */
  async start(tx: Tx, accountId: string, by: string, seconds: number | undefined): Promise<void> {
    await rows(
      tx,
      `INSERT INTO account_blocks (account_id, until, created_by, created_at) VALUES ($1, $2, $3, $4)
       ON CONFLICT (account_id) DO UPDATE SET
         until = excluded.until, created_by = excluded.created_by, created_at = excluded.created_at`,
      [accountId, seconds === undefined ? null : this.clock.in(seconds), by, this.clock.now()],
    );
  }

  /** Takes a block back, and forgets the failed attempts with every authenticator. */
  async reset(tx: Tx, accountId: string): Promise<void> {
    await rows(tx, 'DELETE FROM account_blocks WHERE account_id = $1', [accountId]);
    await this.forgetFailures(tx, accountId);
  }

  /** Forgets the failed attempts with every authenticator; an administrator's block stays. */
  async forgetFailures(tx: Tx, accountId: string): Promise<void> {
    await rows(tx, 'UPDATE authenticator_counters SET failures = 0 WHERE account_id = $1', [accountId]);
  }

  /** Whether an administrator has blocked this person. */
  async isBlocked(tx: Tx, accountId: string): Promise<boolean> {
    const found = await rows(tx, 'SELECT FROM account_blocks WHERE account_id = $1 AND (until IS NULL OR until > $2)', [
      accountId,
      this.clock.now(),
    ]);
    return found.length > 0;
  }

  /**
   * Which authenticators are locked is told by the rules of the domain: whoever asks, e.g. an administrator, does not log
   * on to any application. Where a policy for somebody in particular, or for an application, has another number of failures
   * or another duration, checks go by that one.
   */
  async state(tx: Tx, { account, domain }: Pick<FoundPerson, 'account' | 'domain'>): Promise<BlockState> {
    const now = this.clock.now();
    const [block] = await rows<{ until: Date | null; created_by: string }>(
      tx,
      'SELECT until, created_by FROM account_blocks WHERE account_id = $1 AND (until IS NULL OR until > $2)',
      [account.id, now],
    );
    const { maxFailures, lockSeconds } = tokenRules(await this.configuration.snapshotWithin(tx), domain.id);
    const locked = await rows<{ authenticator: CountedFor }>(
      tx,
      `SELECT authenticator FROM authenticator_counters
       WHERE account_id = $1 AND failures >= $2 AND last_failed_at > $3 ORDER BY authenticator`,
      [account.id, maxFailures, lockSeconds === undefined ? NEVER : this.clock.in(-lockSeconds)],
    );
    return {
      blocked: block !== undefined || locked.length > 0,
      block: block && { until: block.until, by: block.created_by },
      locked: locked.map(({ authenticator }) => authenticator),
    };
  }
}
