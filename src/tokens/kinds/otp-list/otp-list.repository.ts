import { Injectable } from '@nestjs/common';
import type { KeyedDigest } from '../../../core/crypto/secret-types.js';
import { rows, type Tx } from '../../../core/database/database.js';

/** How far a list is used up. */
export interface ListUse {
  readonly used: ReadonlySet<number>;
  /**
   * The unused number whose digest comes first. As good as drawn, for whoever has no key of the ring, and the same until
   * it is used: asking again and again does not bring up one that somebody has copied.
   */
  readonly next: number | undefined;
}

/** The entries of lists in `token_codes`. */
@Injectable()
export class OtpListRepository {
  /** Writes the digests of the codes from number 1 on. */
  async add(tx: Tx, tokenId: string, digests: readonly KeyedDigest[]): Promise<void> {
    await rows(
      tx,
      `INSERT INTO token_codes (token_id, position, digest)
       SELECT $1, number, digest FROM unnest($2::text[]) WITH ORDINALITY AS entry (digest, number)`,
      [tokenId, digests],
    );
  }

  async use(tx: Tx, tokenId: string): Promise<ListUse> {
    const found = await rows<{ position: number; used: boolean }>(
      tx,
      'SELECT position, used_at IS NOT NULL AS used FROM token_codes WHERE token_id = $1 ORDER BY digest COLLATE "C"',
      [tokenId],
    );
    return {
      used: new Set(found.filter(({ used }) => used).map(({ position }) => position)),
      next: found.find(({ used }) => !used)?.position,
    };
  }

  /** Marks a code as used. @returns false when it is used already */
  async markUsed(tx: Tx, tokenId: string, digests: readonly KeyedDigest[], now: Date): Promise<boolean> {
    const marked = await rows(
      tx,
      'UPDATE token_codes SET used_at = $3 WHERE token_id = $1 AND digest = ANY($2) AND used_at IS NULL RETURNING id',
      [tokenId, digests, now],
    );
    return marked.length > 0;
  }
}
