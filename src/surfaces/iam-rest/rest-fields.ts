import { isJsonObject, type JsonObject, type JsonValue } from '../../core/web/strict-json.js';
import { RestRefusal } from './rest-refusal.js';

/** Logins and passwords (iam-rest sections 3.1 and 3.2). */
const SYMBOLS = /^[A-Za-z0-9_.~!-]*$/;
const LONGEST = 100;

/** The value of a field; null counts as absent. */
export function fieldOf(body: JsonObject, name: string): JsonValue | undefined {
  return Object.hasOwn(body, name) ? (body[name] ?? undefined) : undefined;
}

/**
 * Demands fields, in their order. An empty text is none.
 *
 * @throws RestRefusal 412/1501 `<field> is required`
 */
export function requirePresent(body: JsonObject, ...names: readonly string[]): void {
  for (const name of names) {
    const value = fieldOf(body, name);
    if (value === undefined || value === '') throw RestRefusal.field(name, `${name} is required`);
  }
}

/** A text that is there. @throws RestRefusal 412/1501 `<field> must be string` */
export function textOf(body: JsonObject, name: string): string {
  const text = optionalText(body, name);
  if (text === undefined) throw RestRefusal.field(name, `${name} is required`);
  return text;
}

/** As {@link textOf}, for a field that may be missing. Texts that nothing can store are none (attack class 63). */
export function optionalText(body: JsonObject, name: string): string | undefined {
  const value = fieldOf(body, name);
  if (value === undefined) return undefined;
  if (typeof value !== 'string') throw RestRefusal.field(name, `${name} must be string`);
  if (!value.isWellFormed() || value.includes('\0')) throw RestRefusal.field(name, `${name} contains invalid symbols`);
  return value;
}

/** An object, or absent. @throws RestRefusal 412/1501 `<field> must be object` */
export function optionalObject(body: JsonObject, name: string): JsonObject | undefined {
  const value = fieldOf(body, name);
  if (value === undefined) return undefined;
  if (!isJsonObject(value)) throw RestRefusal.field(name, `${name} must be object`);
  return value;
}

/** Demands the symbols of logins and passwords. @throws RestRefusal with the documented text */
export function requireSymbols(name: string, text: string): void {
  if (!SYMBOLS.test(text)) {
    throw RestRefusal.field(name, `${name} contains invalid symbols. Expected: A-Za-z0-9_-.~!`);
  }
}

/** Demands 1 to `most` characters. */
export function requireLength(name: string, text: string, most = LONGEST): void {
  const length = Array.from(text).length;
  if (length < 1 || length > most) throw RestRefusal.field(name, `${name} must have 1 to ${most} symbols`);
}
