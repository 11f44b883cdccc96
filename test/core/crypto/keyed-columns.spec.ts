import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  declareKeyedColumns,
  type KeyedColumn,
  keyedColumns,
  keyedValues,
} from '../../../src/core/crypto/keyed-columns.js';
import { eachDatabase } from '../../support/test-database.js';

/** What an entity's source says of one of its columns that holds values under a key. */
type Written = Pick<KeyedColumn, 'table' | 'column' | 'kind' | 'shape'>;

const PROPERTY =
  /@(?:Primary)?Column\([^@]*?name: '(?<column>\w+)'[^@]*?\)\s*\n\s*\w+!: (?<type>[^;\n]*\b(?:KeyedDigest|Sealed)\b[^;\n]*);/g;

function writtenIn(source: string): Written[] {
  const table = /@Entity\('(\w+)'\)/.exec(source)?.[1] ?? '';
  return Array.from(source.matchAll(PROPERTY), ({ groups: { column = '', type = '' } = {} }) => ({
    table,
    column,
    kind: type.includes('Sealed') ? 'sealed' : 'digest',
    shape: type.endsWith('[]') ? 'text[]' : type.startsWith('Record<') ? 'jsonb' : 'text',
  }));
}

const nameOf = ({ table, column }: Pick<KeyedColumn, 'table' | 'column'>): string => `${table}.${column}`;
const byName = (a: Written, b: Written): number => nameOf(a).localeCompare(nameOf(b), 'en');

const TYPES: Record<KeyedColumn['shape'], string> = { text: 'text', 'text[]': 'ARRAY', jsonb: 'jsonb' };

describe('columns whose values lie under a key', () => {
  it('are declared, all that an entity types as a digest or as sealed, and no others', () => {
    const sources = globSync('src/**/*.entity.ts').map((path) => readFileSync(path, 'utf8'));
    const written = sources.flatMap(writtenIn).toSorted(byName);
    const properties = sources.flatMap((source) => source.match(/^\s+\w+!: .*\b(?:KeyedDigest|Sealed)\b/gm) ?? []);
    expect(written).toHaveLength(properties.length);
    expect(written.length).toBeGreaterThan(6);
    expect(keyedColumns().map(({ table, column, kind, shape }) => ({ table, column, kind, shape }))).toEqual(written);
  });

  it('say what their values are for', () => {
    for (const { purpose } of keyedColumns()) expect(purpose).toBeTruthy();
  });

  it('are declared once', () => {
    const again = (): void =>
      declareKeyedColumns('accounts', { contact_digest: { kind: 'digest', purpose: 'contact' } });
    expect(again).toThrow('accounts.contact_digest is declared twice');
  });

  eachDatabase((database) => {
    it('are all that the schema names like one', async () => {
      const found = await database().database.query<{ table: string; column: string }>(
        `SELECT table_name AS table, column_name AS column FROM information_schema.columns
         WHERE table_schema = 'public' AND column_name ~ '(^|_)(digest|digests|sealed)$'`,
      );
      expect(found.length).toBeGreaterThan(4);
      const declared = new Set(keyedColumns().map(nameOf));
      expect(found.map(nameOf).filter((name) => !declared.has(name))).toEqual([]);
    });

    it('are there, of the type that they are read as', async () => {
      for (const keyed of keyedColumns()) {
        const [column] = await database().database.query<{ data_type: string }>(
          `SELECT data_type FROM information_schema.columns
           WHERE table_schema = 'public' AND table_name = $1 AND column_name = $2`,
          [keyed.table, keyed.column],
        );
        expect([nameOf(keyed), column?.data_type]).toEqual([nameOf(keyed), TYPES[keyed.shape]]);
      }
    });

    it.each([
      ['text', `'k1.aa'`, ['k1.aa']],
      ['text[]', `ARRAY['k1.aa', 'k0.bb']`, ['k1.aa', 'k0.bb']],
      ['jsonb', `'{"a": "k1.aa", "b.c": "k0.bb"}'::jsonb`, ['k1.aa', 'k0.bb']],
      ['text', 'NULL::text', []],
      ['text[]', 'ARRAY[]::text[]', []],
    ] as const)('are read one by one from %s: %s', async (shape, literal, expected) => {
      const sql = keyedValues({ table: 'sample', column: 'held', shape, kind: 'digest', purpose: 'sample' });
      const found = await database().database.query<{ stored: string }>(
        `WITH sample AS (SELECT ${literal} AS held) ${sql}`,
      );
      expect(found.map(({ stored }) => stored).toSorted()).toEqual([...expected].toSorted());
    });
  });
});
