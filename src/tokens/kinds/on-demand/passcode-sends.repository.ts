import { Injectable } from '@nestjs/common';
import { Database, rows, type Tx } from '../../../core/database/database.js';
import type { TokenChallenge } from '../../token-challenge.entity.js';
import { usableAt } from '../../verification/attempt-statements.js';

/** Passcodes that were sent to a person lately. */
export interface RecentSends {
  readonly count: number;
  readonly first: Date | null;
  readonly last: Date | null;
}

/** What of a passcode is kept. */
export type SentDigest = Pick<TokenChallenge, 'id' | 'answerDigest'>;

/** A passcode that did for something. */
export interface UsedPasscode {
  readonly tokenId: string | null;
  readonly channel: string;
}

/** What is known of passcodes on their way beyond the open one; used and void ones stay in `token_challenges` for a day. */
@Injectable()
export class PasscodeSends {
  constructor(private readonly database: Database) {}

  /** The sends after `since`, those ahead or those that somebody asked for; the account is locked in `tx`. */
  async recent(
    tx: Tx,
    accountId: string,
    { since, ahead }: { readonly since: Date; readonly ahead: boolean },
  ): Promise<RecentSends> {
    const [row] = await rows<RecentSends>(
      tx,
      `SELECT count(*)::int AS count, min(starts) AS first, max(starts) AS last FROM token_challenges
       WHERE account_id = $1 AND purpose = 'passcode' AND starts > $2
         AND (payload -> 'ahead' IS NOT NULL) = $3`,
      [accountId, since, ahead],
    );
    return row ?? { count: 0, first: null, last: null };
  }

  /** The last passcode of this holder that was typed, and is neither open any more nor too old. */
  async used({
    accountId,
    boundTo,
    now,
  }: {
    accountId: string;
    boundTo: string;
    now: Date;
  }): Promise<SentDigest | undefined> {
    const [row] = await rows<SentDigest>(
      this.database.manager,
      `SELECT id, answer_digest AS "answerDigest" FROM token_challenges
       WHERE account_id = $1 AND purpose = 'passcode' AND bound_to = $2
         AND consumed_at IS NOT NULL AND attempts > 0 AND expires > $3
       ORDER BY starts DESC LIMIT 1`,
      [accountId, boundTo, now],
    );
    return row;
  }

  /** How the passcode went that this holder has taken last; undefined when its token cannot be used any more. */
  async lastUsed(
    tx: Tx,
    { accountId, boundTo, now }: { accountId: string; boundTo: string; now: Date },
  ): Promise<UsedPasscode | undefined> {
    const [row] = await rows<UsedPasscode>(
      tx,
      `WITH used AS (
         SELECT token_id, payload ->> 'channel' AS channel FROM token_challenges
         WHERE account_id = $1 AND purpose = 'passcode' AND bound_to = $2 AND consumed_at IS NOT NULL AND attempts > 0
         ORDER BY consumed_at DESC LIMIT 1)
       SELECT token_id AS "tokenId", channel FROM used
       WHERE token_id IS NULL OR EXISTS (
         SELECT FROM tokens t JOIN token_assignments a ON a.token_id = t.id
         WHERE t.id = used.token_id AND a.account_id = $1 AND ${usableAt('$3')})`,
      [accountId, boundTo, now],
    );
    return row;
  }

  /** Whether the passcode that this holder waits for is too old, rather than used, void or never sent. */
  async lapsed({ accountId, boundTo, now }: { accountId: string; boundTo: string; now: Date }): Promise<boolean> {
    const found = await rows(
      this.database.manager,
      `SELECT 1 FROM token_challenges WHERE account_id = $1 AND purpose = 'passcode' AND bound_to = $2
         AND consumed_at IS NULL AND expires <= $3`,
      [accountId, boundTo, now],
    );
    return found.length > 0;
  }
}
