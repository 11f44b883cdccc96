import type { RandomSource } from '../../core/crypto/random-source.js';
import type { OcraSuite } from './ocra-suite.js';

const ALPHABETS = {
  N: '0123456789',
  H: '0123456789ABCDEF',
  // Letters and digits that are not taken for each other when they are typed from a screen.
  A: 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789',
} as const;

/**
 * Draws a challenge of the suite's kind and length.
 *
 * @param digits of a numeric one, where it is to be shorter than the suite allows
 */
export function newOcraChallenge(random: RandomSource, { challenge }: OcraSuite, digits = challenge.length): string {
  const length = challenge.format === 'N' ? Math.min(digits, challenge.length) : challenge.length;
  return random.text(length, ALPHABETS[challenge.format]);
}
