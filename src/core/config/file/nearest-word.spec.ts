import { expect, it } from 'vitest';
import { nearestWord } from './nearest-word.js';

const KNOWN = ['baseDn', 'bindDn', 'bindPassword', 'urls', 'startTls'];

it.each([
  ['base_dn', 'baseDn'],
  ['BINDPASSWORD', 'bindPassword'],
  ['bindPasword', 'bindPassword'],
  ['url', 'urls'],
  ['startTSL', 'startTls'],
])('guesses what %s was meant to be', (written, meant) => {
  expect(nearestWord(written, KNOWN)).toBe(meant);
});

it.each(['completely', 'x', ''])('does not guess at %j', (written) => {
  expect(nearestWord(written, KNOWN)).toBeUndefined();
});
