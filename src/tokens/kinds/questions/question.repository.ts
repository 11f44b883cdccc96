import { Injectable } from '@nestjs/common';
import type { KeyedDigest } from '../../../core/crypto/secret-types.js';
import { rows, type Tx } from '../../../core/database/database.js';

/** A question with the digest of its answer. */
export interface StoredQuestion {
  /** From 1. */
  readonly number: number;
  readonly question: string;
  readonly digest: KeyedDigest;
}

/** Questions and answers in `token_codes`; unlike codes they are not used up. */
@Injectable()
export class QuestionRepository {
  async add(tx: Tx, tokenId: string, questions: readonly StoredQuestion[]): Promise<void> {
    await rows(
      tx,
      `INSERT INTO token_codes (token_id, position, label, digest)
       SELECT $1, number, question, digest FROM unnest($2::int[], $3::text[], $4::text[]) AS q (number, question, digest)`,
      [
        tokenId,
        questions.map(({ number }) => number),
        questions.map(({ question }) => question),
        questions.map(({ digest }) => digest),
      ],
    );
  }

  /** In the order of their numbers. */
  of(tx: Tx, tokenId: string): Promise<StoredQuestion[]> {
    return rows<StoredQuestion>(
      tx,
      'SELECT position AS number, label AS question, digest FROM token_codes WHERE token_id = $1 ORDER BY position',
      [tokenId],
    );
  }
}
