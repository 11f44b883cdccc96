import type { RandomSource } from '../../core/crypto/random-source.js';
import type { OcraSuite } from './ocra-suite.js';

const ALPHABETS = {
  N: '0123456789',
  H: '0123456789ABCDEF',
  // Letters and digits that are not taken for each other when they are typed from a screen.
  A: 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789',
} as const;

/** Draws a challenge of the suite's kind and length. */
export function newOcraChallenge(random: RandomSource, suite: OcraSuite): string {
  return random.text(suite.challenge.length, ALPHABETS[suite.challenge.format]);
}
