import { OATH_HASHES, type OathHash } from './oath-key.js';

/** What a challenge consists of (RFC 6287 section 5.1): alphanumeric, decimal or hexadecimal characters. */
export type OcraChallengeFormat = 'A' | 'N' | 'H';

/** An OCRA suite, read (RFC 6287 section 6). */
export interface OcraSuite {
  /** As it was written; part of what is hashed. */
  readonly text: string;
  readonly hash: OathHash;
  /** Digits of a response. */
  readonly digits: number;
  /** Whether a counter goes in. */
  readonly counter: boolean;
  readonly challenge: { readonly format: OcraChallengeFormat; readonly length: number };
  /** Hash of the PIN that goes in. */
  readonly pinHash?: OathHash;
  /** Bytes of session information that go in. */
  readonly sessionBytes?: number;
  /** Length of a time step in seconds, when the time goes in. */
  readonly timeStep?: number;
}

/** Fits the published samples of 8-digit challenges and 6-digit responses (authentication methods, section 6.5). */
export const DEFAULT_OCRA_SUITE = 'OCRA-1:HOTP-SHA1-6:QN08';

const MAX_SESSION_BYTES = 512;

const SUITE =
  /^OCRA-1:HOTP-(SHA1|SHA256|SHA512)-([4-9]|10):(C-)?Q([ANH])([0-9]{2})(?:-P(SHA1|SHA256|SHA512))?(?:-S([0-9]{3}))?(?:-T([1-9][0-9]?)([SMH]))?$/;

const UNIT_SECONDS: Readonly<Record<string, number>> = { S: 1, M: 60, H: 3600 };
const MOST_UNITS: Readonly<Record<string, number>> = { S: 59, M: 59, H: 48 };

/**
 * Reads a suite. Suites without truncation (0 digits) are left out: their response is nothing that anybody types.
 *
 * @returns undefined for what is no suite
 */
export function parseOcraSuite(text: string): OcraSuite | undefined {
  const parts = SUITE.exec(text);
  if (!parts) return undefined;
  const [, hash, digits, counter, format, length, pinHash, session, steps, unit = ''] = parts;
  const challenge = { format: format as OcraChallengeFormat, length: Number(length) };
  if (challenge.length < 4 || challenge.length > 64) return undefined;
  if (session !== undefined && (Number(session) < 1 || Number(session) > MAX_SESSION_BYTES)) return undefined;
  if (steps !== undefined && Number(steps) > (MOST_UNITS[unit] ?? 0)) return undefined;
  return {
    text,
    hash: knownHash(hash),
    digits: Number(digits),
    counter: counter !== undefined,
    challenge,
    ...(pinHash !== undefined && { pinHash: knownHash(pinHash) }),
    ...(session !== undefined && { sessionBytes: Number(session) }),
    ...(steps !== undefined && { timeStep: Number(steps) * (UNIT_SECONDS[unit] ?? 1) }),
  };
}

/** The suite of a token as it is stored. @throws Error for what is none */
export function storedOcraSuite(state: Readonly<Record<string, unknown>>): OcraSuite {
  const text = state['suite'] ?? DEFAULT_OCRA_SUITE;
  const suite = typeof text === 'string' ? parseOcraSuite(text) : undefined;
  if (!suite) throw new Error('the stored suite of an OCRA token is none');
  return suite;
}

function knownHash(name: string | undefined): OathHash {
  return OATH_HASHES.find((known) => known === name) ?? 'SHA1';
}
