import { Injectable } from '@nestjs/common';
import { rows, type Tx } from '../../core/database/database.js';
import { hydrate } from '../../core/database/guarded-update.js';
import { TokenAssignment } from '../token-assignment.entity.js';
import type { TokenKindName } from '../token-kinds.js';
import type { TokenStatus } from '../token-states.js';
import { Token } from '../token.entity.js';

/** What is looked for in the inventory; everything given has to be right. */
export interface InventorySearch {
  readonly kinds: readonly TokenKindName[];
  /** Serial number, `*` stands for any characters. */
  readonly serial?: string | undefined;
  /** Whether somebody has it. */
  readonly linked?: boolean | undefined;
  readonly active?: boolean | undefined;
  readonly status?: TokenStatus | undefined;
  /** First and last moment at which it may have come in. */
  readonly from?: Date | undefined;
  readonly to?: Date | undefined;
  /** Tokens of other domains' people are left out; all are seen when absent. */
  readonly domainId?: string | undefined;
}

/** A token of the inventory, with who has it. */
export interface StockedToken {
  readonly token: Token;
  readonly assignments: readonly TokenAssignment[];
}

/** Serial numbers that one search gives at most. */
const MOST_FOUND = 1_000;

/**
 * Over `t`: not a token whose serial number we made up. Those came into being in somebody's app and are not handed on to
 * anybody, whatever becomes of them.
 */
const STOCKED = `t.serial NOT LIKE upper(t.kind) || '-%'`;

/** Tokens in stock: those that came with a serial number of their own. */
@Injectable()
export class InventoryRepository {
  /** Serial numbers, in their order; at most 1000. */
  async search(tx: Tx, wanted: InventorySearch): Promise<string[]> {
    const found = await rows<{ serial: string }>(
      tx,
      `SELECT t.serial FROM tokens t
       LEFT JOIN LATERAL (
         SELECT count(*) AS number, bool_and(o.domain_id = $8::uuid) AS own
         FROM token_assignments a JOIN accounts o ON o.id = a.account_id
         WHERE a.token_id = t.id AND a.ended_at IS NULL) held ON true
       WHERE t.kind = ANY ($1) AND ${STOCKED}
         AND ($2::text IS NULL OR t.serial LIKE $2)
         AND ($3::boolean IS NULL OR (held.number > 0) = $3)
         AND ($4::boolean IS NULL OR (t.status = 'ACTIVE') = $4)
         AND ($5::text IS NULL OR t.status = $5)
         AND ($6::timestamptz IS NULL OR t.created_at >= $6) AND ($7::timestamptz IS NULL OR t.created_at <= $7)
         AND ($8::uuid IS NULL OR held.number = 0 OR held.own)
       ORDER BY t.serial COLLATE "C" LIMIT ${MOST_FOUND}`,
      [
        wanted.kinds,
        wanted.serial === undefined ? null : likePattern(wanted.serial),
        wanted.linked ?? null,
        wanted.active ?? null,
        wanted.status ?? null,
        wanted.from ?? null,
        wanted.to ?? null,
        wanted.domainId ?? null,
      ],
    );
    return found.map(({ serial }) => serial);
  }

  /** The token with this serial number; undefined when there is none of these kinds in stock. */
  find(tx: Tx, serial: string, kinds: readonly TokenKindName[]): Promise<StockedToken | undefined> {
    return this.bySerial(tx, serial, kinds, '');
  }

  /** As {@link find}, locked until the transaction ends, so that it is given to one person. */
  lock(tx: Tx, serial: string, kinds: readonly TokenKindName[]): Promise<StockedToken | undefined> {
    return this.bySerial(tx, serial, kinds, 'FOR UPDATE');
  }

  private async bySerial(
    tx: Tx,
    serial: string,
    kinds: readonly TokenKindName[],
    lock: '' | 'FOR UPDATE',
  ): Promise<StockedToken | undefined> {
    const [row] = await rows<Record<string, unknown>>(
      tx,
      `SELECT t.* FROM tokens t WHERE t.serial = $1 AND t.kind = ANY ($2) AND ${STOCKED} ${lock}`,
      [serial, kinds],
    );
    if (!row) return undefined;
    const token = hydrate(tx, Token, row);
    // A statement of its own, so that it sees what was committed while the lock was waited for.
    const assignments = await rows<Record<string, unknown>>(
      tx,
      'SELECT * FROM token_assignments WHERE token_id = $1 AND ended_at IS NULL ORDER BY created_at',
      [token.id],
    );
    return { token, assignments: assignments.map((assignment) => hydrate(tx, TokenAssignment, assignment)) };
  }
}

/** A pattern of LIKE in which only `*` means anything. */
function likePattern(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&').replaceAll('*', '%');
}
