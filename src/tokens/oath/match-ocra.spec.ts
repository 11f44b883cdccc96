import { describe, expect, it } from 'vitest';
import { FixedRandom } from '../../../test/support/fixed-random.js';
import { matchOcra, type OcraChallenge } from './match-ocra.js';
import { oathKey } from './oath-key.js';
import { type OcraInput, ocraResponse } from './ocra.js';
import { parseOcraSuite } from './ocra-suite.js';
import { newSeed } from './seed.js';

const NOW = new Date(1_500_000_000_000);
const STEP = 25_000_000;
const KEY = oathKey(newSeed(new FixedRandom(), 'SHA1'), 'SHA1');

function put(suiteText: string, more: Partial<OcraChallenge> = {}): OcraChallenge {
  const suite = parseOcraSuite(suiteText);
  if (!suite) throw new Error(suiteText);
  return { key: KEY, suite, challenge: '40715926', ...more };
}

function answer(challenge: OcraChallenge, more: Partial<OcraInput> = {}) {
  return matchOcra(challenge, ocraResponse(KEY, challenge.suite, { ...challenge, ...more }), NOW);
}

describe('a response', () => {
  it('is right for its own challenge only', () => {
    const challenge = put('OCRA-1:HOTP-SHA1-6:QN08');
    expect(answer(challenge)).toEqual({ outcome: 'accepted', counter: null });
    expect(answer(challenge, { challenge: '40715927' })).toEqual({ outcome: 'wrong' });
  });

  it.each(['', '1'.repeat(5), '1'.repeat(1000), '٦٧٥٤١٤', '675 41'])(
    'attack 44: is wrong when it is no code: %j',
    (typed) => {
      expect(matchOcra(put('OCRA-1:HOTP-SHA1-6:QN08'), typed, NOW)).toEqual({ outcome: 'wrong' });
    },
  );

  it.each([
    [-2, 'wrong'],
    [-1, 'accepted'],
    [0, 'accepted'],
    [1, 'accepted'],
    [2, 'wrong'],
  ])('with the time, %i steps away, is %s', (offset, outcome) => {
    expect(answer(put('OCRA-1:HOTP-SHA1-6:QN08-T1M'), { step: STEP + offset }).outcome).toBe(outcome);
  });

  it.each([
    [null, 0, 'accepted'],
    [null, 5, 'wrong'],
    [9, 9, 'wrong'],
    [9, 10, 'accepted'],
    [9, 14, 'accepted'],
    [9, 15, 'wrong'],
  ])('with a counter, after %s, at %i is %s', (lastCounter, counter, outcome) => {
    const given = answer(put('OCRA-1:HOTP-SHA1-6:C-QN08', { lastCounter }), { counter });
    expect(given).toEqual(outcome === 'accepted' ? { outcome, counter } : { outcome });
  });
});
