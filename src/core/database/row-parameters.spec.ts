import { describe, expect, it } from 'vitest';
import { RowParameters, type RowValue } from './row-parameters.js';

const one = new RowParameters<RowValue>([['value', 'text', (value) => value]]);
const two = new RowParameters<{ name: string; size: number }>([
  ['name', 'text', ({ name }) => name],
  ['size', 'integer', ({ size }) => size],
]);

describe('rows as parameters', () => {
  it('are one array for each column', () => {
    expect(two.from('given')).toBe(
      'unnest((SELECT $1::text[]), (SELECT $2::integer[])) WITH ORDINALITY AS given (name, size, place)',
    );
    expect(
      two.values([
        { name: 'a', size: 1 },
        { name: 'b', size: 2 },
      ]),
    ).toEqual(['{"a","b"}', '{1,2}']);
    expect(two.values([])).toEqual(['{}', '{}']);
  });

  it('quote every text, so that none is taken for syntax', () => {
    expect(one.values(['a', '', 'NULL', '{x,y}', 'say "no"', 'C:\\', ' '])).toEqual([
      String.raw`{"a","","NULL","{x,y}","say \"no\"","C:\\"," "}`,
    ]);
  });

  it('write what is absent, numbers, truth and instants', () => {
    expect(one.values([null, undefined, 1, -2.5, true, new Date(0)])).toEqual([
      '{NULL,NULL,1,-2.5,true,1970-01-01T00:00:00.000Z}',
    ]);
  });
});
