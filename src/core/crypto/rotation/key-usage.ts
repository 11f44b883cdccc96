import { Injectable } from '@nestjs/common';
import { Database } from '../../database/database.js';
import { type KeyedColumn, keyedColumns, keyedValues } from '../keyed-columns.js';

/** How many values of one column lie under one key. */
export interface KeyUse {
  readonly keyId: string;
  /** `table.column`. */
  readonly column: string;
  /** Sealed values can be sealed anew; digests can only be waited for. */
  readonly kind: KeyedColumn['kind'];
  readonly count: number;
}

/** Counts what lies under which key of the ring. */
@Injectable()
export class KeyUsage {
  constructor(private readonly database: Database) {}

  /** In the order of key and column. Reads every keyed column once. */
  async uses(): Promise<KeyUse[]> {
    const uses: KeyUse[] = [];
    for (const keyed of keyedColumns()) {
      const found = await this.database.query<{ keyId: string; count: string }>(
        `SELECT split_part(stored, '.', 1) AS "keyId", count(*) AS count FROM (${keyedValues(keyed)}) AS kept GROUP BY 1`,
      );
      const column = `${keyed.table}.${keyed.column}`;
      uses.push(...found.map(({ keyId, count }) => ({ keyId, column, kind: keyed.kind, count: Number(count) })));
    }
    return uses.sort((a, b) => compare(a.keyId, b.keyId) || compare(a.column, b.column));
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
