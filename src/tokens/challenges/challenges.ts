import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { KeyedDigest } from '../../core/crypto/secret-types.js';
import { Database, rows, type Tx } from '../../core/database/database.js';
import { consumeIfUnused, type Guard, hydrate } from '../../core/database/guarded-update.js';
import { DomainError } from '../../core/errors/domain-error.js';
import { Clock } from '../../core/time/clock.js';
import { TokenChallenge } from '../token-challenge.entity.js';
import type { ChallengePurpose, ChallengeScope } from './challenge-purpose.js';

/** A challenge to be put to a person. */
export interface NewChallenge {
  /** Chosen beforehand where the digest of the answer is bound to it. */
  readonly id?: string;
  readonly purpose: ChallengePurpose;
  /** What it takes the place of. */
  readonly scope: ChallengeScope;
  readonly accountId: string;
  /** The token that is asked; needed for the scope `token`. */
  readonly tokenId?: string;
  /** Whom it is given to, e.g. `request <id>` or `logon <id>`. */
  readonly boundTo: string;
  readonly code?: string;
  readonly answerDigest?: KeyedDigest;
  readonly payload?: Readonly<Record<string, unknown>>;
  /** How long it may be answered. */
  readonly seconds: number;
  /** Answers that are examined; 1 unless given. */
  readonly attemptLimit?: number;
}

/** Which challenge is answered, as far as whoever answers knows it. Everything given has to be right. */
export interface AnsweredChallenge {
  readonly purpose: ChallengePurpose;
  readonly accountId: string;
  /** Who answers; somebody else's challenge is not found. */
  readonly boundTo: string;
  /** The one that is meant; needed where the purpose's scope allows several. */
  readonly id?: string;
  readonly tokenId?: string;
}

/**
 * Questions put to a person's tokens. Each step is one guarded statement, so that a challenge is answered once
 * (invariant 1), not after its time (attack class 38), by nobody but whom it was given to, and its attempts are counted
 * before an answer is looked at (invariant 2).
 */
@Injectable()
export class Challenges {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Puts a challenge; the open one of its scope, if any, is gone in the same moment. */
  async create(tx: Tx, challenge: NewChallenge): Promise<TokenChallenge> {
    const now = this.clock.now();
    const [row] = await rows<Record<string, unknown>>(
      tx,
      `INSERT INTO token_challenges
         (id, purpose, scope, account_id, token_id, bound_to, code, answer_digest, payload, starts, expires, attempt_limit)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
       ON CONFLICT (purpose, scope) WHERE consumed_at IS NULL DO UPDATE SET
         id = excluded.id, number = excluded.number, account_id = excluded.account_id, token_id = excluded.token_id,
         bound_to = excluded.bound_to, code = excluded.code, answer_digest = excluded.answer_digest,
         payload = excluded.payload, starts = excluded.starts, expires = excluded.expires, attempts = 0,
         attempt_limit = excluded.attempt_limit
       RETURNING *`,
      [
        challenge.id ?? randomUUID(),
        challenge.purpose,
        scopeOf(challenge),
        challenge.accountId,
        challenge.tokenId ?? null,
        challenge.boundTo,
        challenge.code ?? null,
        challenge.answerDigest ?? null,
        JSON.stringify(challenge.payload ?? {}),
        now,
        this.clock.in(challenge.seconds),
        challenge.attemptLimit ?? 1,
      ],
    );
    if (!row) throw new Error('a challenge was not written');
    return hydrate(tx, TokenChallenge, row);
  }

  /** An open challenge, to show it again; undefined when there is none. Proves nothing about what happens next. */
  async open(tx: Tx, answered: AnsweredChallenge): Promise<TokenChallenge | undefined> {
    const { where, parameters } = this.answerable(answered);
    const found = await tx.createQueryBuilder(TokenChallenge, 'c').where(where, parameters).getOne();
    return found ?? undefined;
  }

  /**
   * Counts an attempt in a statement that commits by itself, before the answer is looked at; undefined when there is
   * nothing to answer, or no attempt left. Never call it inside a transaction.
   */
  count(answered: AnsweredChallenge): Promise<TokenChallenge | undefined> {
    const { where, parameters } = this.answerable(answered);
    return consumeIfUnused(
      this.database.manager,
      TokenChallenge,
      { where: `${where} AND attempts < attempt_limit`, parameters },
      { attempts: () => 'attempts + 1' },
    );
  }

  /**
   * Counts an attempt at the person, too, that {@link count} has counted. Where they have to wait the challenge gets it
   * back: nothing is looked at.
   *
   * @throws DomainError what `work` throws, e.g. `too-many-attempts`
   */
  async alsoCounting<T>({ id }: TokenChallenge, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (DomainError.is(error, 'too-many-attempts')) {
        await this.database.query('UPDATE token_challenges SET attempts = attempts - 1 WHERE id = $1', [id]);
      }
      throw error;
    }
  }

  /**
   * Takes a challenge out of use, by one of any number of rivals; undefined for all others. Call it before the answer is
   * looked at where a challenge is good for one look only (attack class 39), and after {@link count} elsewhere.
   */
  consume(tx: Tx, answered: AnsweredChallenge): Promise<TokenChallenge | undefined> {
    return consumeIfUnused(tx, TokenChallenge, this.answerable(answered), { consumedAt: this.clock.now() });
  }

  /** Voids what is open of a holder, or of a token, or of a person. @returns how many there were */
  async withdraw(
    tx: Tx,
    whose: Readonly<{ accountId: string; purpose?: ChallengePurpose; tokenId?: string; boundTo?: string }>,
  ): Promise<number> {
    const gone = await rows(
      tx,
      `UPDATE token_challenges SET consumed_at = $1 WHERE account_id = $2 AND consumed_at IS NULL
         AND ($3::text IS NULL OR purpose = $3) AND ($4::uuid IS NULL OR token_id = $4)
         AND ($5::text IS NULL OR bound_to = $5) RETURNING id`,
      [this.clock.now(), whose.accountId, whose.purpose ?? null, whose.tokenId ?? null, whose.boundTo ?? null],
    );
    return gone.length;
  }

  /** Deletes challenges that ended before a moment, some at a time. @returns how many there were */
  async purge(endedBefore: Date, batch: number): Promise<number> {
    const gone = await this.database.query(
      `DELETE FROM token_challenges WHERE id = ANY (ARRAY(
         SELECT id FROM token_challenges WHERE expires <= $1 ORDER BY expires LIMIT $2 FOR UPDATE SKIP LOCKED
       )) RETURNING id`,
      [endedBefore, batch],
    );
    return gone.length;
  }

  private answerable({ purpose, accountId, boundTo, id, tokenId }: AnsweredChallenge): Guard {
    return {
      where: `purpose = :purpose AND account_id = :accountId AND bound_to = :boundTo
              AND (CAST(:id AS text) IS NULL OR CAST(id AS text) = lower(:id))
              AND (CAST(:tokenId AS text) IS NULL OR CAST(token_id AS text) = lower(:tokenId))
              AND consumed_at IS NULL AND starts <= :now AND expires > :now`,
      parameters: { purpose, accountId, boundTo, id: id ?? null, tokenId: tokenId ?? null, now: this.clock.now() },
    };
  }
}

function scopeOf({ scope, accountId, tokenId, boundTo }: NewChallenge): string {
  if (scope === 'account') return accountId;
  if (scope === 'holder') return `${accountId} ${boundTo}`;
  if (tokenId === undefined) throw new Error('a challenge of a token needs the token');
  return tokenId;
}
