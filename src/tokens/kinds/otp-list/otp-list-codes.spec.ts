import { describe, expect, it } from 'vitest';
import { plainSecret } from '../../../core/crypto/secret-types.js';
import { oathKey } from '../../oath/oath-key.js';
import { seedFromText } from '../../oath/seed.js';
import { listCode, listState } from './otp-list-codes.js';

const RFC_SEED = seedFromText(plainSecret(Buffer.from('12345678901234567890').toString('base64')));

describe('codes of a list', () => {
  // The decimal values of RFC 4226, appendix D, cut to eight digits.
  it.each([
    [1, '94287082'],
    [2, '37359152'],
    [3, '26969429'],
    [4, '40338314'],
    [5, '68254676'],
    [9, '45520489'],
  ])('with number %i is the one of RFC 4226', (number, code) => {
    expect(listCode(oathKey(RFC_SEED, 'SHA1'), number)).toBe(code);
  });

  it('are of a list that we have made', () => {
    expect(listState({ size: 25, order: 'BY_NUMBER', digits: 8 })).toEqual({ size: 25, order: 'BY_NUMBER' });
    expect(() => listState({ size: 26, order: 'BY_NUMBER' })).toThrow('lacks its size or order');
    expect(() => listState({ size: 25, order: 'ANY' })).toThrow('lacks its size or order');
  });
});
