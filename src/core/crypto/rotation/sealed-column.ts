import type { DataSource } from 'typeorm';
import type { KeyRing } from '../key-ring.js';
import { type KeyedColumn, keyedColumns, type KeyedRow } from '../keyed-columns.js';
import type { Sealed } from '../secret-types.js';

/** A column of sealed values, with what is needed to walk through its table. */
export type SealedColumn = Extract<KeyedColumn, { kind: 'sealed' }> & {
  /** The primary key, in its order, with the PostgreSQL type of each column. */
  readonly primaryKey: readonly { readonly name: string; readonly type: string }[];
};

/** @throws Error for a declaration without a table */
export function sealedColumns(dataSource: DataSource): SealedColumn[] {
  return keyedColumns().flatMap((keyed) => {
    if (keyed.kind !== 'sealed') return [];
    const entity = dataSource.entityMetadatas.find(({ tableName }) => tableName === keyed.table);
    if (!entity) throw new Error(`no entity for the table ${keyed.table}`);
    const primaryKey = entity.primaryColumns.map((column) => ({
      name: column.databaseName,
      type: dataSource.driver.normalizeType(column),
    }));
    return [{ ...keyed, primaryKey }];
  });
}

const otherThanCurrent = (value: string) => `split_part(${value}, '.', 1) <> $1`;

const STALE: Readonly<Record<KeyedColumn['shape'], (column: string) => string>> = {
  text: otherThanCurrent,
  'text[]': (column) => `EXISTS (SELECT FROM unnest(${column}) AS value WHERE ${otherThanCurrent('value')})`,
  jsonb: (column) =>
    `EXISTS (SELECT FROM jsonb_each_text(${column}) AS member WHERE ${otherThanCurrent('member.value')})`,
};

/** Whether a row has a value that lies under another key than `$1`, in SQL. */
export function isStale({ column, shape }: KeyedColumn): string {
  return STALE[shape](column);
}

/**
 * What the column of a row holds, each value sealed with the current key, as a parameter for PostgreSQL.
 *
 * @throws Error when a value cannot be opened
 */
export function resealed(keyed: SealedColumn, row: KeyedRow, keyRing: KeyRing): unknown {
  const purpose = typeof keyed.purpose === 'string' ? keyed.purpose : keyed.purpose(row);
  const reseal = (value: unknown): Sealed => {
    const sealed = value as Sealed;
    return keyRing.isCurrent(sealed) ? sealed : keyRing.seal(keyRing.open(sealed, purpose), purpose);
  };
  const stored = row[keyed.column];
  if (keyed.shape === 'text') return reseal(stored);
  if (keyed.shape === 'text[]') return (stored as unknown[]).map(reseal);
  const members = Object.entries(stored as Record<string, unknown>);
  return JSON.stringify(Object.fromEntries(members.map(([name, value]) => [name, reseal(value)])));
}

/** What the column held, as it was read, to be compared with what it holds when it is written. */
export function asParameter({ column, shape }: SealedColumn, row: KeyedRow): unknown {
  return shape === 'jsonb' ? JSON.stringify(row[column]) : row[column];
}
