import { describe, expect, it } from 'vitest';
import { plainSecret } from '../../crypto/secret-types.js';
import { isBindable, isSearchable } from './credentials.js';

describe('credentials', () => {
  it('attack 50: hold no blank password, nor one that a server could cut short', () => {
    for (const password of ['', ' ', '\t\n\u00a0\u3000', 'a\0', '\0', 'a\ud800', 'x'.repeat(4097)]) {
      expect(isBindable(plainSecret(password))).toBe(false);
    }
    for (const password of ['x', ' x ', 'パスワード', '😀']) expect(isBindable(plainSecret(password))).toBe(true);
  });

  it('hold no name that nobody can have', () => {
    for (const name of ['', '  ', 'a\0b', '\udc00', 'x'.repeat(10_000)]) expect(isSearchable(name)).toBe(false);
    for (const name of ['jane', '*', '(', 'Jane Doe', 'é']) expect(isSearchable(name)).toBe(true);
  });
});
