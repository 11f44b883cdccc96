import { OATH_DIGITS, type OathDigits } from '../oath/hotp.js';
import { OATH_HASHES, type OathHash } from '../oath/oath-key.js';
import { parseOcraSuite } from '../oath/ocra-suite.js';
import { checkSeed } from '../oath/seed.js';
import { RowError, type RowProblem } from './problems.js';
import type { SeedRecord } from './seed-record.js';

/** A token's values as texts, whatever file they come from. Missing ones take the defaults of RFC 6238 and RFC 4226. */
export interface RawToken {
  readonly serial?: string | undefined;
  readonly manufacturer?: string | undefined;
  readonly model?: string | undefined;
  /** `TOTP`, `HOTP` or `OCRA`. */
  readonly kind: string;
  readonly seed?: Uint8Array | undefined;
  /** A name of a hash, as in `SHA-1`, `HmacSHA256`. */
  readonly hash?: string | undefined;
  readonly digits?: string | undefined;
  readonly period?: string | undefined;
  readonly counter?: string | undefined;
  readonly drift?: string | undefined;
  readonly suite?: string | undefined;
  /** `domain\login`, or a login. */
  readonly owner?: string | undefined;
  readonly notBefore?: string | undefined;
  readonly notAfter?: string | undefined;
}

const DEFAULT_DIGITS = '6';
const DEFAULT_PERIOD = '30';
const MAX_PERIOD = 3600;
const MAX_DRIFT = 1_000_000;
const MAX_TEXT = 128;

/**
 * Checks the values of one token.
 *
 * @throws RowError
 */
export function readRawToken(raw: RawToken): SeedRecord {
  const base = {
    serial: readSerial(raw.serial),
    ...optional('manufacturer', freeText(raw.manufacturer)),
    ...optional('model', freeText(raw.model)),
    seed: readSeed(raw.seed),
    ...optional('owner', freeText(raw.owner)),
    ...optional('notBefore', readDate(raw.notBefore)),
    ...optional('notAfter', readDate(raw.notAfter)),
  };
  const counter = wholeNumber(raw.counter ?? '0', Number.MAX_SAFE_INTEGER, 'counter-not-valid');
  switch (raw.kind.toUpperCase()) {
    case 'TOTP': {
      const period = wholeNumber(raw.period ?? DEFAULT_PERIOD, MAX_PERIOD, 'period-not-valid');
      if (period < 1) throw new RowError('period-not-valid');
      return { ...base, kind: 'TOTP', ...readForm(raw), period, driftSteps: readDrift(raw.drift) };
    }
    case 'HOTP':
      return { ...base, kind: 'HOTP', ...readForm(raw), counter };
    case 'OCRA': {
      const suite = parseOcraSuite(raw.suite?.trim() ?? '');
      if (!suite) throw new RowError('suite-not-valid');
      return { ...base, kind: 'OCRA', suite: suite.text, counter };
    }
    default:
      throw new RowError('kind-unknown');
  }
}

/** @throws RowError */
export function readSerial(text: string | undefined): string {
  const serial = text?.trim() ?? '';
  if (serial === '') throw new RowError('serial-missing');
  if (!/^[\x20-\x7e]{1,64}$/.test(serial)) throw new RowError('serial-not-valid');
  return serial;
}

function readSeed(bytes: Uint8Array | undefined) {
  if (!bytes || bytes.length === 0) throw new RowError('seed-missing');
  const check = checkSeed(bytes);
  if (!check.ok) throw new RowError(check.reason);
  return check.seed;
}

function readForm({ hash, digits }: RawToken): { hash: OathHash; digits: OathDigits } {
  const length = wholeNumber(digits ?? DEFAULT_DIGITS, 99, 'digits-not-valid');
  const known = OATH_DIGITS.find((known) => known === length);
  if (known === undefined) throw new RowError('digits-not-valid');
  return { hash: readHash(hash), digits: known };
}

function readHash(text: string | undefined): OathHash {
  const name = (text ?? '')
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, '')
    .replace(/^HMAC/, '');
  const hash = name === '' ? 'SHA1' : OATH_HASHES.find((known) => known === name);
  if (!hash) throw new RowError('hash-unknown');
  return hash;
}

function readDrift(text: string | undefined): number {
  const value = text?.trim() ?? '0';
  const steps = wholeNumber(value.replace(/^-/, ''), MAX_DRIFT, 'drift-not-valid');
  return value.startsWith('-') && steps > 0 ? -steps : steps;
}

/** XML Schema `dateTime` or `date`; RFC 6030 section 4.2 wants UTC, so that is what a missing zone means. */
function readDate(text: string | undefined): Date | undefined {
  const value = text?.trim() ?? '';
  if (value === '') return undefined;
  const parts = /^(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2}:\d{2})(?:\.\d+)?(Z|[+-]\d{2}:\d{2})?)?$/.exec(value);
  const midnight = new Date(`${parts?.[1]}T00:00:00Z`);
  const date = new Date(`${parts?.[1]}T${parts?.[2] ?? '00:00:00'}${parts?.[3] ?? 'Z'}`);
  if (!parts || Number.isNaN(date.getTime())) throw new RowError('date-not-valid');
  // The 30th of February would become a day of March.
  if (midnight.toISOString().slice(0, 10) !== parts[1]) throw new RowError('date-not-valid');
  return date;
}

/** @throws RowError with `problem` */
function wholeNumber(text: string, max: number, problem: RowProblem): number {
  const value = /^\s*[0-9]{1,16}\s*$/.test(text) ? Number(text) : Number.NaN;
  if (!(value <= max)) throw new RowError(problem);
  return value;
}

/** Names of makers and models: shown, never compared. */
function freeText(text: string | undefined): string | undefined {
  const clean =
    text
      ?.replace(/\p{Cc}+/gu, ' ')
      .trim()
      .toWellFormed()
      .slice(0, MAX_TEXT) ?? '';
  return clean === '' ? undefined : clean;
}

function optional<K extends string, V>(name: K, value: V | undefined): Partial<Record<K, V>> {
  const part: Partial<Record<K, V>> = {};
  if (value !== undefined) part[name] = value;
  return part;
}
