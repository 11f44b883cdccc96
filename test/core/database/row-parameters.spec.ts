import { describe, expect, it } from 'vitest';
import { preparedStatement } from '../../../src/core/database/prepared-statements.js';
import { RowParameters } from '../../../src/core/database/row-parameters.js';
import { eachDatabase } from '../../support/test-database.js';

interface Given {
  readonly text: string | null;
  readonly number: number;
  readonly at: Date;
  readonly detail: string;
}

const given = new RowParameters<Given>([
  ['text', 'text', ({ text }) => text],
  ['number', 'integer', ({ number }) => number],
  ['at', 'timestamptz', ({ at }) => at],
  ['detail', 'jsonb', ({ detail }) => detail],
]);
const ECHO = preparedStatement(
  `SELECT text, number, at, detail, place::integer FROM ${given.from('given')} ORDER BY place`,
);

describe('rows as parameters', () => {
  eachDatabase((database) => {
    it('arrive as they were given', async () => {
      const at = new Date('2026-11-22T12:34:56.789Z');
      const texts = ['a', '', ' ', 'NULL', '{x,"y"}', 'C:\\', '\\"', 'Zoë 🔑\n', "'; --", null];
      const rows = texts.map((text, number) => ({ text, number, at, detail: JSON.stringify({ text, number }) }));
      expect(await database().database.prepared(ECHO, given.values(rows))).toEqual(
        texts.map((text, number) => ({ text, number, at, detail: { text, number }, place: number + 1 })),
      );
    });

    it('may be none', async () => {
      expect(await database().database.prepared(ECHO, given.values([]))).toEqual([]);
    });
  });
});
