import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../core/audit/audit.js';
import { Database, rows } from '../../core/database/database.js';
import { Clock } from '../../core/time/clock.js';
import type { NewToken } from '../token-store.js';
import { SEED_KINDS, type StoredSeed } from './stored-seed.js';

/** A token to be stored with many others. */
export type BatchedToken = NewToken & { readonly drift: number };

/** Columns of tokens that a seed file can carry. */
export const SEED_COLUMNS = `serial, kind, product, secret_sealed AS "secretSealed", state, counter, drift`;

const INSERT = `
  INSERT INTO tokens (id, serial, kind, product, secret_sealed, state, counter, drift, created_at)
  SELECT *, $9::timestamptz
  FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::jsonb[], $7::bigint[], $8::integer[])
  ON CONFLICT (serial) DO NOTHING RETURNING serial`;

/** Many tokens in one statement: what a file of a hundred thousand needs. */
@Injectable()
export class TokenBatches {
  constructor(
    private readonly database: Database,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /** Stores those whose serial is free, and says in the same transaction how many. @returns their serials */
  async insert(tokens: readonly BatchedToken[]): Promise<ReadonlySet<string>> {
    if (tokens.length === 0) return new Set();
    return this.database.transaction(async (tx) => {
      const stored = await rows<{ serial: string }>(tx, INSERT, [
        tokens.map(({ id }) => id ?? randomUUID()),
        tokens.map(({ serial }) => serial),
        tokens.map(({ kind }) => kind),
        tokens.map(({ product }) => product),
        tokens.map(({ secretSealed }) => secretSealed ?? null),
        tokens.map(({ state }) => JSON.stringify(state ?? {})),
        tokens.map(({ counter }) => counter ?? null),
        tokens.map(({ drift }) => drift),
        this.clock.now(),
      ]);
      const serials = stored.map(({ serial }) => serial);
      if (serials.length > 0) {
        await this.audit.record(tx, {
          event: 'tokens.imported',
          outcome: 'success',
          actor: 'system',
          detail: { count: serials.length, first: serials[0] ?? null, last: serials.at(-1) ?? null },
        });
      }
      return new Set(serials);
    });
  }

  /** Has PostgreSQL look at how large the tables have become; servers that run plan their statements anew after it. */
  async gatherStatistics(): Promise<void> {
    await this.database.query('ANALYZE tokens, token_assignments');
  }

  /** Serials that are taken, each with its seed where the token is of a kind that has one. */
  async taken(serials: readonly string[]): Promise<ReadonlyMap<string, StoredSeed | undefined>> {
    if (serials.length === 0) return new Map();
    const found = await this.database.query<StoredSeed>(
      `SELECT ${SEED_COLUMNS} FROM tokens WHERE serial = ANY($1::text[])`,
      [serials],
    );
    return new Map(found.map((token) => [token.serial, hasSeed(token) ? token : undefined]));
  }
}

function hasSeed({ kind, secretSealed }: StoredSeed): boolean {
  return SEED_KINDS.includes(kind) && (secretSealed as string | null) !== null;
}
