import { plainSecret, type PlainSecret } from '../../../core/crypto/secret-types.js';

/** Characters of a question. */
export const SHORTEST_QUESTION = 5;
export const LONGEST_QUESTION = 200;

/** Characters of an answer, after {@link normalizedAnswer}. */
export const SHORTEST_ANSWER = 3;
export const LONGEST_ANSWER = 100;

/** Nothing longer is looked at. */
const LONGEST_TYPED = 1_000;

/**
 * The one spelling of an answer that is digested: NFKC, small letters, no blanks (authentication methods, section 6.12);
 * undefined for what cannot be an answer.
 */
export function normalizedAnswer(typed: string): PlainSecret | undefined {
  if (typed.length > LONGEST_TYPED || !typed.isWellFormed()) return undefined;
  const text = fold(typed).replace(/\s/g, '');
  const { length } = Array.from(text);
  return length >= SHORTEST_ANSWER && length <= LONGEST_ANSWER ? plainSecret(text) : undefined;
}

/** A question on one line, as it is shown; undefined for what cannot be one. */
export function questionText(typed: string): string | undefined {
  if (typed.length > LONGEST_TYPED || !typed.isWellFormed()) return undefined;
  const text = typed.replace(/[\p{Cc}\p{Z}]+/gu, ' ').trim();
  const { length } = Array.from(text);
  return length >= SHORTEST_QUESTION && length <= LONGEST_QUESTION ? text : undefined;
}

/** Texts are the same when their folds are. */
export function fold(text: string): string {
  return text.normalize('NFKC').toLowerCase().normalize('NFKC');
}
