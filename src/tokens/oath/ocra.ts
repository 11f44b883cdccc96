import { createHash } from 'node:crypto';
import type { PlainSecret } from '../../core/crypto/secret-types.js';
import { movingFactor, showDigits } from './hotp.js';
import { type OathHash, type OathKey, oathHmac, truncate } from './oath-key.js';
import type { OcraSuite } from './ocra-suite.js';

/** What goes into a response besides the suite (RFC 6287 section 5.1); what the suite does not name is left out. */
export interface OcraInput {
  /** The question; in mutual modes both, one after the other (RFC 6287 section 7.3). */
  readonly challenge: string;
  readonly counter?: number;
  /** See {@link ocraPinDigest}. */
  readonly pinDigest?: Uint8Array;
  /** Session information; shorter ones are filled up in front with zeros. */
  readonly session?: Uint8Array;
  /** Number of the time step; see `timeStep`. */
  readonly step?: number;
}

const CHALLENGE_BYTES = 128;
const DIGEST_NAMES: Readonly<Record<OathHash, string>> = { SHA1: 'sha1', SHA256: 'sha256', SHA512: 'sha512' };
const CHALLENGE_CHARACTERS = { N: /^[0-9]+$/, A: /^[A-Za-z0-9]+$/, H: /^[0-9A-Fa-f]+$/ } as const;

/** The digest of a PIN that goes into a response. */
export function ocraPinDigest(pin: PlainSecret, hash: OathHash): Uint8Array {
  return createHash(DIGEST_NAMES[hash]).update(pin, 'utf8').digest();
}

/**
 * The response to a challenge (RFC 6287 section 5.2). The key has the hash of the suite.
 *
 * @throws TypeError when something is missing that the suite wants, or has not its form
 */
export function ocraResponse(key: OathKey, suite: OcraSuite, input: OcraInput): string {
  return showDigits(ocraValue(key, suite, input), suite.digits);
}

/** The number that {@link ocraResponse} shows. */
export function ocraValue(key: OathKey, suite: OcraSuite, input: OcraInput): number {
  const [made, asked] = [key.hash, suite.hash];
  if (made !== asked) throw new TypeError('the key is not for the hash of the suite');
  const message: Uint8Array[] = [Buffer.from(`${suite.text}\0`, 'ascii')];
  if (suite.counter) message.push(movingFactor(wanted(input.counter, 'counter')));
  message.push(challengeBytes(suite, input.challenge));
  if (suite.pinHash) message.push(Buffer.from(wanted(input.pinDigest, 'PIN')));
  if (suite.sessionBytes) message.push(sessionBytes(wanted(input.session, 'session'), suite.sessionBytes));
  if (suite.timeStep) message.push(movingFactor(wanted(input.step, 'time step')));
  return truncate(oathHmac(key, Buffer.concat(message))) % 10 ** suite.digits;
}

/** Whether `challenge` consists of what the suite wants; as long as it or, in mutual modes, twice as long. */
export function isOcraChallenge(suite: OcraSuite, challenge: string): boolean {
  const { format, length } = suite.challenge;
  return challenge.length >= 4 && challenge.length <= 2 * length && CHALLENGE_CHARACTERS[format].test(challenge);
}

/**
 * What a challenge comes to: those that differ only in how they are written have the same response, e.g. `0012` and `12`,
 * and for the filling up of RFC 6287 section 5.1 also a number and sixteen times that number.
 *
 * @throws TypeError for a challenge that has not the form of the suite
 */
export function ocraQuestion(suite: OcraSuite, challenge: string): string {
  return challengeBytes(suite, challenge).toString('hex').replace(/0+$/, '');
}

/**
 * Decimal challenges go in as the hexadecimal digits of their number, all kinds from the left and filled up with zeros
 * (RFC 6287 section 5.1 and its reference code).
 */
function challengeBytes(suite: OcraSuite, challenge: string): Buffer {
  if (!isOcraChallenge(suite, challenge)) throw new TypeError('the challenge has not the form of the suite');
  const hex = { N: () => BigInt(challenge).toString(16), H: () => challenge, A: () => asciiHex(challenge) };
  return Buffer.from(hex[suite.challenge.format]().padEnd(2 * CHALLENGE_BYTES, '0'), 'hex');
}

function asciiHex(text: string): string {
  return Buffer.from(text, 'ascii').toString('hex');
}

function sessionBytes(session: Uint8Array, length: number): Buffer {
  if (session.length > length) throw new TypeError('the session information is longer than the suite allows');
  return Buffer.concat([Buffer.alloc(length - session.length), session]);
}

function wanted<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new TypeError(`the suite wants a ${what}`);
  return value;
}
