import { describe, expect, it } from 'vitest';
import { hotp, movingFactor } from './hotp.js';
import { timeStep } from './match-totp.js';
import { type OathHash, oathKey } from './oath-key.js';
import { checkSeed, type Seed } from './seed.js';

/** The digits 1 to 0, over and over: the key of every OATH vector. */
function rfcSeed(bytes: number): Seed {
  const check = checkSeed(Buffer.from('1234567890'.repeat(7).slice(0, bytes), 'ascii'));
  if (!check.ok) throw new Error(check.reason);
  return check.seed;
}

/** RFC 4226 appendix D: counter, truncated HMAC, 6 digits. */
const RFC_4226: readonly [number, number, string][] = [
  [0, 1284755224, '755224'],
  [1, 1094287082, '287082'],
  [2, 137359152, '359152'],
  [3, 1726969429, '969429'],
  [4, 1640338314, '338314'],
  [5, 868254676, '254676'],
  [6, 1918287922, '287922'],
  [7, 82162583, '162583'],
  [8, 673399871, '399871'],
  [9, 645520489, '520489'],
];

/** RFC 6238 appendix B, with the key lengths of its erratum 2866: seconds since 1970, code of 8 digits. */
const RFC_6238: readonly [OathHash, number, readonly [number, string][]][] = [
  [
    'SHA1',
    20,
    [
      [59, '94287082'],
      [1111111109, '07081804'],
      [1111111111, '14050471'],
      [1234567890, '89005924'],
      [2000000000, '69279037'],
      [20000000000, '65353130'],
    ],
  ],
  [
    'SHA256',
    32,
    [
      [59, '46119246'],
      [1111111109, '68084774'],
      [1111111111, '67062674'],
      [1234567890, '91819424'],
      [2000000000, '90698825'],
      [20000000000, '77737706'],
    ],
  ],
  [
    'SHA512',
    64,
    [
      [59, '90693936'],
      [1111111109, '25091201'],
      [1111111111, '99943326'],
      [1234567890, '93441116'],
      [2000000000, '38618901'],
      [20000000000, '47863826'],
    ],
  ],
];

describe('HOTP (RFC 4226 appendix D)', () => {
  const key = oathKey(rfcSeed(20), 'SHA1');

  it.each(RFC_4226)('shows for counter %i the truncated value %i as %s', (counter, truncated, six) => {
    expect(hotp(key, counter, 6)).toBe(six);
    expect(hotp(key, counter, 8)).toBe(String(truncated).padStart(8, '0').slice(-8));
    // Ten digits are the whole 31 bit, never reduced and never shortened.
    expect(hotp(key, counter, 10)).toBe(String(truncated).padStart(10, '0'));
  });

  it('begins a code of ten digits with 0, 1 or 2 only', () => {
    const firsts = new Set(Array.from({ length: 500 }, (_, counter) => hotp(key, counter, 10)[0]));
    expect([...firsts].toSorted((a = '', b = '') => a.localeCompare(b))).toEqual(['0', '1', '2']);
  });

  it('keeps leading zeros', () => {
    const codes = Array.from({ length: 200 }, (_, counter) => hotp(key, counter, 6));
    expect(codes.every((code) => /^[0-9]{6}$/.test(code))).toBe(true);
    expect(codes.some((code) => code.startsWith('0'))).toBe(true);
  });
});

describe.each(RFC_6238)('TOTP with HMAC-%s (RFC 6238 appendix B)', (hash, bytes, vectors) => {
  it.each(vectors)('shows after %i seconds %s', (seconds, code) => {
    const step = timeStep(new Date(seconds * 1000), 30);
    expect(hotp(oathKey(rfcSeed(bytes), hash), step, 8)).toBe(code);
  });
});

describe('the moving factor', () => {
  it.each([
    [0, '0000000000000000'],
    [1, '0000000000000001'],
    [0x23523ec, '00000000023523ec'],
    [0xffff_ffff, '00000000ffffffff'],
    [0x1_0000_0000, '0000000100000000'],
    [Number.MAX_SAFE_INTEGER, '001fffffffffffff'],
  ])('of %i is %s', (counter, hex) => {
    expect(movingFactor(counter).toString('hex')).toBe(hex);
  });

  it.each([-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53])('is never %d', (counter) => {
    expect(() => movingFactor(counter)).toThrow(RangeError);
  });

  it.each([
    [0, 30, 0],
    [29.999, 30, 0],
    [30, 30, 1],
    [59, 60, 0],
    [1111111109, 30, 0x23523ec],
  ])('after %d seconds, %i to a step, is step %i', (seconds, period, step) => {
    expect(timeStep(new Date(seconds * 1000), period)).toBe(step);
  });
});
