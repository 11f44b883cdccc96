import { describe, expect, it } from 'vitest';
import { authenticatorName } from './authenticator-name.js';

describe('the name of an authenticator', () => {
  it.each([
    ['  my phone ', 'my phone'],
    ['my\u0000 \n\tphone', 'my phone'],
    ['a\u202eb', 'a b'],
    [' \u200b ', ''],
    ['x'.repeat(100), 'x'.repeat(60)],
    ['\ud800', '\ufffd'],
  ])('of %j is %j', (typed, name) => {
    expect(authenticatorName(typed)).toBe(name);
  });
});
