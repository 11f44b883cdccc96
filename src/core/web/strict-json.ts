/** A JSON value as {@link readJson} gives it. Objects carry own properties only; look names up with `Object.hasOwn`. */
export type JsonValue = string | number | boolean | null | LongNumber | readonly JsonValue[] | JsonObject;

export interface JsonObject {
  readonly [name: string]: JsonValue;
}

/** A number whose digits a double would change, e.g. 2^53 + 1 or 1e400. Kept as the text that was sent. */
export class LongNumber {
  constructor(readonly source: string) {}
}

/** Why a text is not taken as JSON. For the log; surfaces answer every reason alike. */
export type JsonRefusal = 'not-utf8' | 'syntax' | 'too-deep' | 'duplicate-name';

/** The bytes are not JSON as we take it. */
export class JsonError extends Error {
  override readonly name = 'JsonError';

  constructor(readonly reason: JsonRefusal) {
    super(`not JSON: ${reason}`);
  }
}

export interface JsonLimits {
  /** How deep arrays and objects may be nested. */
  readonly depth: number;
}

const LIMITS: JsonLimits = { depth: 64 };

/**
 * Reads JSON (RFC 8259) with the demands of I-JSON (RFC 7493) that decide what a text means: UTF-8 without error, and no
 * name twice in an object, which two readers would understand differently. Nesting is bounded before anything is
 * built. Lone surrogates and NUL are values like any other here; whoever stores a text has to refuse them.
 *
 * A member `__proto__` is dropped, so that no later copy of the object can change a prototype.
 *
 * @throws JsonError
 */
export function readJson(bytes: Uint8Array, limits: JsonLimits = LIMITS): JsonValue {
  return readJsonText(decodeUtf8(bytes), limits);
}

/**
 * The same of a text that is decoded already, for a surface whose clients may declare another charset.
 *
 * @throws JsonError
 */
export function readJsonText(text: string, limits: JsonLimits = LIMITS): JsonValue {
  try {
    const plain = checkNestingAndNames(text, limits);
    return plain ? (JSON.parse(text) as JsonValue) : parse(text, revive);
  } catch (error) {
    throw error instanceof SyntaxError ? new JsonError('syntax') : error;
  }
}

export function isJsonObject(value: JsonValue): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof LongNumber);
}

function decodeUtf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new JsonError('not-utf8');
  }
}

/** `JSON.parse` with the third argument of its callback, which TypeScript's library does not know yet. */
const parse = JSON.parse as (
  text: string,
  reviver: (name: string, value: JsonValue, context: { source?: string }) => JsonValue | undefined,
) => JsonValue;

function revive(name: string, value: JsonValue, { source }: { source?: string }): JsonValue | undefined {
  if (name === '__proto__') return undefined;
  if (typeof value !== 'number' || Number.isSafeInteger(value)) return value;
  return Number.isFinite(value) && !Number.isInteger(value) ? value : new LongNumber(source ?? String(value));
}

/** Digits in a row from which on a number may be beyond 2^53 - 1. */
const MANY_DIGITS = 16;

/** Marks of JSON (RFC 8259) as code units; comparing texts of one character costs several times as much. */
const QUOTE = 0x22;
const COMMA = 0x2c;
const BACKSLASH = 0x5c;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const ZERO = 0x30;
const NINE = 0x39;
const SMALL_E = 0x65;
const CAPITAL_E = 0x45;

/**
 * Walks the marks of a text that may yet turn out not to be JSON. It goes wrong on such a text only in ways that the
 * parser afterwards reports as a syntax error.
 *
 * @returns whether nothing in it needs {@link revive}, which most texts can do without and which costs more than parsing
 */
function checkNestingAndNames(text: string, { depth }: JsonLimits): boolean {
  /** The names met in each open object; undefined for an array. */
  const open: (Set<string> | undefined)[] = [];
  let nameExpected = false;
  let plain = true;
  let digits = 0;
  for (let at = 0; at < text.length; at++) {
    const mark = text.charCodeAt(at);
    switch (mark) {
      case QUOTE: {
        const end = endOfString(text, at);
        if (nameExpected) {
          const names = open.at(-1);
          const name = nameBetween(text, at, end);
          if (names?.has(name)) throw new JsonError('duplicate-name');
          names?.add(name);
          if (name === '__proto__') plain = false;
          nameExpected = false;
        }
        at = end;
        break;
      }
      case OPEN_BRACE:
      case OPEN_BRACKET:
        nameExpected = mark === OPEN_BRACE;
        open.push(nameExpected ? new Set() : undefined);
        if (open.length > depth) throw new JsonError('too-deep');
        break;
      case CLOSE_BRACE:
      case CLOSE_BRACKET:
        open.pop();
        nameExpected = false;
        break;
      case COMMA:
        nameExpected = open.at(-1) !== undefined;
        digits = 0;
        break;
      default:
        if (mark >= ZERO && mark <= NINE) digits += 1;
        // An exponent; `true` and `false` have no digit before theirs.
        else if (digits > 0 && (mark === SMALL_E || mark === CAPITAL_E)) plain = false;
        else digits = 0;
        if (digits >= MANY_DIGITS) plain = false;
    }
  }
  return plain;
}

/** The name written from one quotation mark to the other. @throws SyntaxError */
function nameBetween(text: string, start: number, end: number): string {
  const written = text.slice(start + 1, end);
  const plain = end > start && text.charCodeAt(end) === QUOTE && !written.includes('\\');
  return plain ? written : (JSON.parse(text.slice(start, end + 1)) as string);
}

/** Position of the quotation mark that ends the string begun at `start`, or of the text's last character. */
function endOfString(text: string, start: number): number {
  let at = start + 1;
  for (; at < text.length; at++) {
    const mark = text.charCodeAt(at);
    if (mark === QUOTE) return at;
    if (mark === BACKSLASH) at += 1;
  }
  return text.length - 1;
}
