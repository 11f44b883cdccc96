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
    switch (text[at]) {
      case '"': {
        const end = endOfString(text, at);
        if (nameExpected) {
          const names = open.at(-1);
          const name = JSON.parse(text.slice(at, end + 1)) as string;
          if (names?.has(name)) throw new JsonError('duplicate-name');
          names?.add(name);
          if (name === '__proto__') plain = false;
          nameExpected = false;
        }
        at = end;
        break;
      }
      case '{':
      case '[':
        nameExpected = text[at] === '{';
        open.push(nameExpected ? new Set() : undefined);
        if (open.length > depth) throw new JsonError('too-deep');
        break;
      case '}':
      case ']':
        open.pop();
        nameExpected = false;
        break;
      case ',':
        nameExpected = open.at(-1) !== undefined;
        digits = 0;
        break;
      default: {
        const mark = text[at] ?? '';
        if (mark >= '0' && mark <= '9') digits += 1;
        // An exponent; `true` and `false` have no digit before theirs.
        else if (digits > 0 && (mark === 'e' || mark === 'E')) plain = false;
        else digits = 0;
        if (digits >= MANY_DIGITS) plain = false;
      }
    }
  }
  return plain;
}

/** Position of the quotation mark that ends the string begun at `start`, or of the text's last character. */
function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return Math.min(at, text.length - 1);
}
