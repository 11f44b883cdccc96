import { timeStep } from './match-totp.js';
import type { OathKey } from './oath-key.js';
import { type OcraInput, ocraValue } from './ocra.js';
import type { OcraSuite } from './ocra-suite.js';
import { NONE_USED } from './otp-match.js';
import { readTypedCode } from './typed-code.js';

/** A challenge as it was put, and what the token's suite wants besides. */
export interface OcraChallenge extends Pick<OcraInput, 'challenge' | 'pinDigest' | 'session'> {
  readonly key: OathKey;
  readonly suite: OcraSuite;
  /** Last used counter of a suite with a counter; null when none was. */
  readonly lastCounter?: number | null;
}

/** How far a token may be away: steps to both sides for suites with the time, look-ahead for those with a counter. */
export interface OcraWindows {
  readonly time: number;
  readonly counter: number;
}

export const OCRA_WINDOWS: OcraWindows = { time: 1, counter: 5 };

export type OcraMatch =
  | { readonly outcome: 'accepted'; /** To be stored, for suites with a counter. */ readonly counter: number | null }
  | { readonly outcome: 'wrong' };

/**
 * Judges a typed response. The caller consumes the challenge with it: a response is good once (authentication methods,
 * section 6.5). All steps and counters in reach are computed, whichever is right.
 */
export function matchOcra(put: OcraChallenge, typed: string, at: Date, windows = OCRA_WINDOWS): OcraMatch {
  const { suite } = put;
  const value = readTypedCode(typed, suite.digits);
  if (value === undefined) return { outcome: 'wrong' };
  let accepted: OcraMatch = { outcome: 'wrong' };
  for (const counter of suite.counter ? following(put.lastCounter ?? NONE_USED, windows.counter) : [undefined]) {
    for (const step of suite.timeStep ? around(timeStep(at, suite.timeStep), windows.time) : [undefined]) {
      const difference = value ^ ocraValue(put.key, suite, { ...put, ...defined({ counter, step }) });
      if (difference === 0 && accepted.outcome === 'wrong')
        accepted = { outcome: 'accepted', counter: counter ?? null };
    }
  }
  return accepted;
}

function following(last: number, count: number): number[] {
  return Array.from({ length: count }, (_, i) => last + 1 + i);
}

function around(step: number, reach: number): number[] {
  return Array.from({ length: 2 * reach + 1 }, (_, i) => step - reach + i).filter((near) => near >= 0);
}

function defined(factors: { counter: number | undefined; step: number | undefined }): Partial<OcraInput> {
  return {
    ...(factors.counter !== undefined && { counter: factors.counter }),
    ...(factors.step !== undefined && { step: factors.step }),
  };
}
