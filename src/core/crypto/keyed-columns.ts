import type { SecretPurpose } from './key-ring.js';

/** Columns of the row of a keyed value, as PostgreSQL gives them. */
export type KeyedRow = Readonly<Record<string, unknown>>;

interface Column {
  readonly table: string;
  readonly column: string;
  /** How the column holds its values: one as text, several in a text array, or several as the members of a JSON object. */
  readonly shape: 'text' | 'text[]' | 'jsonb';
}

/** Values that can be sealed anew under another key. */
interface SealedValues {
  readonly kind: 'sealed';
  /** What they are sealed for; a function where it depends on the row. */
  readonly purpose: SecretPurpose | ((row: KeyedRow) => SecretPurpose);
}

/** Values that can only be waited for when a key is to go, because their secrets are not here. */
interface DigestValues {
  readonly kind: 'digest';
  /** What they are digested for; what depends on the row stands in angle brackets. */
  readonly purpose: string;
}

/** A column whose values lie under a key of the ring. A key can leave the ring when nothing lies under it any more. */
export type KeyedColumn = Column & (SealedValues | DigestValues);

type Declaration = (SealedValues | DigestValues) & Partial<Pick<Column, 'shape'>>;

const declared = new Map<string, KeyedColumn>();

/** Every column of the house whose values lie under a key. Complete once the schema is loaded. */
export function keyedColumns(): readonly KeyedColumn[] {
  return [...declared.values()].sort((a, b) => nameOf(a).localeCompare(nameOf(b), 'en'));
}

/**
 * Writes down the keyed columns of one table; call it beside the entity.
 *
 * @throws Error when one is declared already
 */
export function declareKeyedColumns(table: string, columns: Readonly<Record<string, Declaration>>): void {
  for (const [column, { shape = 'text', ...rest }] of Object.entries(columns)) {
    const keyed = { table, column, shape, ...rest };
    if (declared.has(nameOf(keyed))) throw new Error(`keyed column ${nameOf(keyed)} is declared twice`);
    declared.set(nameOf(keyed), keyed);
  }
}

const VALUES: Readonly<Record<KeyedColumn['shape'], (at: { table: string; column: string }) => string>> = {
  text: ({ table, column }) => `SELECT ${column} AS stored FROM ${table} WHERE ${column} IS NOT NULL`,
  'text[]': ({ table, column }) => `SELECT unnest(${column}) AS stored FROM ${table}`,
  jsonb: ({ table, column }) => `SELECT member.value AS stored FROM ${table}, jsonb_each_text(${column}) AS member`,
};

/** SQL that gives each single value of a keyed column, as `stored`. */
export function keyedValues(keyed: KeyedColumn): string {
  return VALUES[keyed.shape](keyed);
}

function nameOf({ table, column }: Pick<KeyedColumn, 'table' | 'column'>): string {
  return `${table}.${column}`;
}
