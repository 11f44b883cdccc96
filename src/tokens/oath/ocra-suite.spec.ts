import { describe, expect, it } from 'vitest';
import { FixedRandom } from '../../../test/support/fixed-random.js';
import { newOcraChallenge } from './ocra-challenge.js';
import { isOcraChallenge } from './ocra.js';
import { DEFAULT_OCRA_SUITE, parseOcraSuite } from './ocra-suite.js';

describe('an OCRA suite', () => {
  it('is read with all its parts', () => {
    const text = 'OCRA-1:HOTP-SHA512-8:C-QH64-PSHA256-S128-T20S';
    expect(parseOcraSuite(text)).toEqual({
      text,
      hash: 'SHA512',
      digits: 8,
      counter: true,
      challenge: { format: 'H', length: 64 },
      pinHash: 'SHA256',
      sessionBytes: 128,
      timeStep: 20,
    });
    expect(parseOcraSuite(DEFAULT_OCRA_SUITE)).toEqual({
      text: DEFAULT_OCRA_SUITE,
      hash: 'SHA1',
      digits: 6,
      counter: false,
      challenge: { format: 'N', length: 8 },
    });
  });

  it.each([
    ['T59S', 59],
    ['T1M', 60],
    ['T59M', 3540],
    ['T48H', 172_800],
  ])('counts %s as %i seconds', (time, seconds) => {
    expect(parseOcraSuite(`OCRA-1:HOTP-SHA1-6:QN08-${time}`)?.timeStep).toBe(seconds);
  });

  it.each([
    '',
    'OCRA-1',
    'OCRA-2:HOTP-SHA1-6:QN08',
    'OCRA-1:TOTP-SHA1-6:QN08',
    'OCRA-1:HOTP-SHA3-6:QN08',
    'OCRA-1:HOTP-SHA1-3:QN08',
    'OCRA-1:HOTP-SHA1-11:QN08',
    'OCRA-1:HOTP-SHA1-0:QN08',
    'OCRA-1:HOTP-SHA1-6:C',
    'OCRA-1:HOTP-SHA1-6:QX08',
    'OCRA-1:HOTP-SHA1-6:QN03',
    'OCRA-1:HOTP-SHA1-6:QN65',
    'OCRA-1:HOTP-SHA1-6:QN8',
    'OCRA-1:HOTP-SHA1-6:QN08-PMD5',
    'OCRA-1:HOTP-SHA1-6:QN08-S000',
    'OCRA-1:HOTP-SHA1-6:QN08-S513',
    'OCRA-1:HOTP-SHA1-6:QN08-T0M',
    'OCRA-1:HOTP-SHA1-6:QN08-T60S',
    'OCRA-1:HOTP-SHA1-6:QN08-T49H',
    'OCRA-1:HOTP-SHA1-6:QN08-T1M-PSHA1',
    'ocra-1:hotp-sha1-6:qn08',
    'OCRA-1:HOTP-SHA1-6:QN08\n',
    ' OCRA-1:HOTP-SHA1-6:QN08',
  ])('is refused: %j', (text) => {
    expect(parseOcraSuite(text)).toBeUndefined();
  });

  it.each(['QN04', 'QN08', 'QN10', 'QA08', 'QH64'])('draws challenges of its own kind: %s', (question) => {
    const suite = parseOcraSuite(`OCRA-1:HOTP-SHA1-6:${question}`);
    if (!suite) throw new Error(question);
    const random = new FixedRandom();
    const drawn = Array.from({ length: 50 }, () => newOcraChallenge(random, suite));
    expect(drawn.every((challenge) => challenge.length === suite.challenge.length)).toBe(true);
    expect(drawn.every((challenge) => isOcraChallenge(suite, challenge))).toBe(true);
    expect(new Set(drawn).size).toBeGreaterThan(45);
  });
});
