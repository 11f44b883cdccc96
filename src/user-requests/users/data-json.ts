import { isStorableText } from '../../core/web/storable-text.js';
import {
  isJsonObject,
  JsonError,
  type JsonObject,
  type JsonValue,
  LongNumber,
  readJsonText,
} from '../../core/web/strict-json.js';
import { isPrintable } from '../../people/readable-texts.js';
import { ApiRefusal } from '../../surfaces/oauth1/api-refusal.js';
import type { FormParameters } from '../../surfaces/oauth1/form-parameters.js';

const DATA = 'data';

/** The JSON object in the form's `data`. @throws ApiRefusal 400 */
export function dataOf(form: FormParameters): JsonObject {
  const value = read(form.required(DATA));
  if (!isJsonObject(value)) throw ApiRefusal.parameter(DATA, 'not a JSON object');
  return value;
}

/** A member; null counts as absent where nothing is to be taken away. */
export function memberOf(data: JsonObject, name: string): JsonValue | undefined {
  return Object.hasOwn(data, name) ? data[name] : undefined;
}

/**
 * A text that can be stored and read. Numbers count as their digits: ids are numbers to some clients.
 *
 * @param most characters
 * @returns null for an explicit null and for an empty text
 * @throws ApiRefusal 400
 */
export function textMember(data: JsonObject, name: string, most: number): string | null | undefined {
  const value = memberOf(data, name);
  if (value === undefined || value === null) return value;
  const text = typeof value === 'number' ? String(value) : value instanceof LongNumber ? value.source : value;
  if (typeof text !== 'string') throw ApiRefusal.parameter(name, 'not a text');
  const trimmed = text.trim();
  if (trimmed === '') return null;
  if (Array.from(trimmed).length > most) throw ApiRefusal.parameter(name, `longer than ${most} characters`);
  if (!isStorableText(trimmed) || !isPrintable(trimmed.replaceAll(/[\r\n\t]/g, ' '))) {
    throw ApiRefusal.parameter(name, 'contains characters that cannot be kept');
  }
  return trimmed;
}

/** @throws ApiRefusal 400 */
export function booleanMember(data: JsonObject, name: string): boolean | undefined {
  const value = memberOf(data, name);
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'boolean') return value;
  if (value === 'true' || value === 'false') return value === 'true';
  throw ApiRefusal.parameter(name, 'not true or false');
}

/**
 * A list whose items are texts, or objects that hold the text under one of some names: the page sends `[{"role": "X"}]`,
 * the SDK `["X"]`. Null is an empty one.
 *
 * @throws ApiRefusal 400
 */
export function textsMember(data: JsonObject, name: string, members: readonly string[]): string[] | undefined {
  const items = listMember(data, name);
  return items?.map((item) => {
    const found = isJsonObject(item) ? members.map((member) => memberOf(item, member)).find(isGiven) : item;
    const text = typeof found === 'number' ? String(found) : found;
    if (!isStorableText(text) || text === '' || text.length > LONGEST_ITEM)
      throw ApiRefusal.parameter(name, 'not a list of texts');
    return text;
  });
}

const MOST_ITEMS = 1_000;
const LONGEST_ITEM = 1_000;

/** @throws ApiRefusal 400 */
export function listMember(data: JsonObject, name: string): readonly JsonValue[] | undefined {
  const value = memberOf(data, name);
  if (value === undefined) return undefined;
  if (value === null) return [];
  if (!Array.isArray(value)) throw ApiRefusal.parameter(name, 'not a list');
  const items: readonly JsonValue[] = value;
  if (items.length > MOST_ITEMS) throw ApiRefusal.parameter(name, `more than ${MOST_ITEMS}`);
  return items;
}

function isGiven(value: JsonValue | undefined): boolean {
  return value !== undefined && value !== null;
}

function read(text: string): JsonValue {
  try {
    return readJsonText(text);
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
    throw ApiRefusal.parameter(DATA, 'not valid JSON');
  }
}
