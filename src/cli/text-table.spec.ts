import { expect, it } from 'vitest';
import { onOneLine, textTable } from './text-table.js';

it('lines columns up and leaves nothing at the ends of lines', () => {
  expect(
    textTable([
      ['serial', 'kind'],
      ['1', 'TOTP'],
      ['', ''],
    ]),
  ).toEqual(['serial  kind', '1       TOTP', '']);
});

it('attack 63: does not pass on what moves a terminal', () => {
  expect(onOneLine('a\u001b[2Jb\r\nc\u202e')).toBe('a?[2Jb??c?');
});
