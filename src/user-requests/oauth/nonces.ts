import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { CombinedRows } from '../../core/database/combined-rows.js';
import { Database } from '../../core/database/database.js';
import { Clock } from '../../core/time/clock.js';

/** A nonce as it was decoded, and whose it is. */
export interface UsedNonce {
  readonly consumer: string;
  /** Id of the token; empty for a call without one. */
  readonly tokenId: string;
  readonly nonce: string;
  /** From when on a repetition is refused for its timestamp. */
  readonly staleAt: Date;
}

/** Seconds for which a nonce is remembered at least (user-requests section 2). */
const REMEMBERED = 600;

/** A nonce as it is stored. */
interface Taking {
  readonly key: string;
  readonly forgetAt: Date;
  readonly now: Date;
}

/**
 * Nonces of signed calls, remembered by all processes (RFC 5849 section 3.3; attack class 57). Call it only when the
 * signature has proved right: what strangers send must neither fill the table nor use up a client's nonce (attack class
 * 59).
 */
@Injectable()
export class Nonces {
  private readonly taking: CombinedRows<Taking, object, boolean>;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {
    // Looks at a nonce and takes it: no row comes back while a rival's is remembered. Those of concurrent calls are taken
    // together, in the order of their keys, so that two processes never wait for each other.
    this.taking = new CombinedRows<Taking, object, boolean>(database, {
      columns: [
        ['key', 'text', ({ key }) => key],
        ['forget_at', 'timestamptz', ({ forgetAt }) => forgetAt],
        ['now', 'timestamptz', ({ now }) => now],
      ],
      sql: (from) => `WITH asked AS MATERIALIZED (SELECT * FROM ${from}), taken AS (
          INSERT INTO oauth_nonces AS held (key, forget_at) SELECT key, forget_at FROM asked ORDER BY key COLLATE "C"
          ON CONFLICT (key) DO UPDATE SET forget_at = excluded.forget_at
            WHERE held.forget_at <= (SELECT asked.now FROM asked WHERE asked.key = held.key)
          RETURNING key
        ) SELECT asked.place FROM asked JOIN taken USING (key)`,
      keyOf: ({ key }) => key,
      outcome: (rows) => rows.length > 0,
    });
  }

  /** Whether the nonce was not used before; of any number of parallel calls one is told so. */
  async take(used: UsedNonce): Promise<boolean> {
    const forgetAt = new Date(Math.max(this.clock.in(REMEMBERED).getTime(), used.staleAt.getTime()));
    return this.taking.run({ key: keyOf(used), forgetAt, now: this.clock.now() });
  }

  /** Forgets what cannot be repeated any more, a batch at a time; returns how many. */
  async purge(batch: number): Promise<number> {
    const gone = await this.database.query(
      `DELETE FROM oauth_nonces WHERE key = ANY (ARRAY(
         SELECT key FROM oauth_nonces WHERE forget_at <= $1 ORDER BY forget_at LIMIT $2 FOR UPDATE SKIP LOCKED
       )) RETURNING key`,
      [this.clock.now(), batch],
    );
    return gone.length;
  }
}

/** JSON keeps the parts apart, whatever is in them. */
function keyOf({ consumer, tokenId, nonce }: UsedNonce): string {
  return createHash('sha256')
    .update(JSON.stringify([consumer, tokenId, nonce]))
    .digest('base64url');
}
