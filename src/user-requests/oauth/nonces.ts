import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Database } from '../../core/database/database.js';
import { preparedStatement } from '../../core/database/prepared-statements.js';
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

/** Looks at a nonce and takes it: no row comes back while a rival's is remembered. */
const TAKE = preparedStatement(`INSERT INTO oauth_nonces AS held (key, forget_at) VALUES ($1, $2)
  ON CONFLICT (key) DO UPDATE SET forget_at = excluded.forget_at WHERE held.forget_at <= $3
  RETURNING key`);

/**
 * Nonces of signed calls, remembered by all processes (RFC 5849 section 3.3; attack class 57). Call it only when the
 * signature has proved right: what strangers send must neither fill the table nor use up a client's nonce (attack class
 * 59).
 */
@Injectable()
export class Nonces {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Whether the nonce was not used before; of any number of parallel calls one is told so. */
  async take(used: UsedNonce): Promise<boolean> {
    const forgetAt = new Date(Math.max(this.clock.in(REMEMBERED).getTime(), used.staleAt.getTime()));
    const taken = await this.database.prepared(TAKE, [keyOf(used), forgetAt, this.clock.now()]);
    return taken.length > 0;
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
