import { describe, expect, it } from 'vitest';
import { arrayParameter } from './array-parameter.js';

describe('an array as PostgreSQL reads it', () => {
  it('quotes every text, so that none is taken for syntax', () => {
    expect(arrayParameter(['a', '', 'NULL', '{x,y}', 'say "no"', 'C:\\', ' '])).toBe(
      String.raw`{"a","","NULL","{x,y}","say \"no\"","C:\\"," "}`,
    );
  });

  it('writes what is absent, numbers, truth and instants', () => {
    expect(arrayParameter([null, undefined, 1, -2.5, true, new Date(0)])).toBe(
      '{NULL,NULL,1,-2.5,true,1970-01-01T00:00:00.000Z}',
    );
    expect(arrayParameter([])).toBe('{}');
  });
});
