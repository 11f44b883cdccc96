import { plainSecret, type PlainSecret } from '../../core/crypto/secret-types.js';
import { decodeBase32, encodeBase32 } from './base32.js';
import { OATH_DIGITS, type OathDigits } from './hotp.js';
import { OATH_HASHES, type OathHash } from './oath-key.js';
import { checkSeed, type Seed, type SeedRefusal } from './seed.js';

interface KeyUriBase {
  /** Whose service it is, as an app shows it; may be empty. */
  readonly issuer: string;
  /** Whose account it is. */
  readonly account: string;
  readonly seed: Seed;
  readonly hash: OathHash;
  readonly digits: OathDigits;
}

/** What an authenticator app needs to know of a token. */
export type KeyUri =
  | (KeyUriBase & { readonly kind: 'TOTP'; /** Seconds. */ readonly period: number })
  | (KeyUriBase & { readonly kind: 'HOTP'; /** The next counter. */ readonly counter: number });

export type KeyUriRefusal = 'not-a-key-uri' | 'secret-not-base32' | 'parameter-not-valid' | SeedRefusal;

export type KeyUriReading =
  { readonly ok: true; readonly key: KeyUri } | { readonly ok: false; readonly reason: KeyUriRefusal };

/** Longest time step that is taken for one, in seconds. */
const MAX_PERIOD = 3600;

/**
 * The `otpauth://` URI that authenticator apps read from a QR code (Google Authenticator, "Key Uri Format"). A secret as
 * a whole. Every part is percent-encoded, blanks as `%20`: several apps show a `+` as it is.
 */
export function buildKeyUri(key: KeyUri): PlainSecret {
  const issuer = withoutColon(key.issuer);
  const account = withoutColon(key.account);
  const label = issuer === '' ? percent(account) : `${percent(issuer)}:${percent(account)}`;
  const parameters = [
    `secret=${encodeBase32(key.seed)}`,
    ...(issuer === '' ? [] : [`issuer=${percent(issuer)}`]),
    `algorithm=${key.hash}`,
    `digits=${key.digits}`,
    key.kind === 'TOTP' ? `period=${key.period}` : `counter=${key.counter}`,
  ];
  return plainSecret(`otpauth://${key.kind.toLowerCase()}/${label}?${parameters.join('&')}`);
}

/** Reads a key URI; what it leaves out is SHA-1, 6 digits, 30 seconds. */
export function parseKeyUri(uri: PlainSecret): KeyUriReading {
  const parts = /^otpauth:\/\/(totp|hotp)\/([^?#]*)\?([^#]*)$/i.exec(uri);
  const label = decodePercent(parts?.[2] ?? '');
  if (!parts || label === undefined) return refuse('not-a-key-uri');
  const parameters = new URLSearchParams(parts[3]);

  const bytes = decodeBase32((parameters.get('secret') ?? '').toUpperCase());
  if (!bytes || bytes.length === 0) return refuse('secret-not-base32');
  const seed = checkSeed(bytes);
  if (!seed.ok) return seed;

  const hash = OATH_HASHES.find((name) => name === (parameters.get('algorithm') ?? 'SHA1').toUpperCase());
  const digits = OATH_DIGITS.find((length) => String(length) === (parameters.get('digits') ?? '6'));
  if (!hash || !digits) return refuse('parameter-not-valid');
  const colon = label.indexOf(':');
  const base = {
    issuer: parameters.get('issuer') ?? label.slice(0, Math.max(colon, 0)),
    account: label.slice(colon + 1).trimStart(),
    seed: seed.seed,
    hash,
    digits,
  };
  if (parts[1]?.toLowerCase() === 'totp') {
    const period = wholeNumber(parameters.get('period') ?? '30');
    if (period === undefined || period < 1 || period > MAX_PERIOD) return refuse('parameter-not-valid');
    return { ok: true, key: { kind: 'TOTP', ...base, period } };
  }
  const counter = wholeNumber(parameters.get('counter') ?? '');
  return counter === undefined ? refuse('parameter-not-valid') : { ok: true, key: { kind: 'HOTP', ...base, counter } };
}

function refuse(reason: KeyUriRefusal): KeyUriReading {
  return { ok: false, reason };
}

/** The format keeps the colon for itself, also percent-encoded. */
function withoutColon(text: string): string {
  return text.replaceAll(':', ' ');
}

/** Percent-encoding of everything but unreserved characters (RFC 3986 section 2.3). */
function percent(text: string): string {
  const encoded = encodeURIComponent(text.toWellFormed());
  return encoded.replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}

function decodePercent(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

function wholeNumber(text: string): number | undefined {
  return /^[0-9]{1,15}$/.test(text) ? Number(text) : undefined;
}
