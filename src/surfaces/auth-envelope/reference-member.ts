import type { SchemaObject } from '@nestjs/swagger';
import { isStorableText } from '../../core/web/storable-text.js';
import { isJsonObject, type JsonObject, type JsonValue, LongNumber } from '../../core/web/strict-json.js';
import { own } from './auth-parameter.js';
import { invalid, missing } from './auth-refusal.js';

/** A member of a reference (authentication methods, section 2.1). */
export interface ReferenceMember<Reference> {
  /** Key on the wire; one with a dot may be sent in its nested form too. */
  readonly key: string;
  readonly property: keyof Reference & string;
  /** Characters. */
  readonly maxLength: number;
  /** Whether several may be sent. */
  readonly list?: boolean;
  readonly description: string;
}

/** Values of one member. */
const MOST_VALUES = 16;

/**
 * Makes the reader of a member, in its flat and in its nested form.
 *
 * @param path of the reference in the request, e.g. `user`
 * @throws AuthRefusal 101, 102 from the reader
 */
export function compileMember<Reference>(
  { key, property, maxLength, list = false }: ReferenceMember<Reference>,
  path: string,
): { property: string; read: (sent: JsonObject) => string | readonly string[] | undefined } {
  const [first = '', second] = key.split('.');
  const memberPath = `${path}.${key}`;
  const nested = (sent: JsonObject): JsonValue | undefined => {
    if (second === undefined) return undefined;
    const holder = own(sent, first);
    if (holder == null) return undefined;
    if (!isJsonObject(holder)) throw invalid(`${path}.${first}`);
    return own(holder, second);
  };
  const one = (value: JsonValue): string => {
    const read = idText(value);
    if (read === undefined || read.length > maxLength) throw invalid(memberPath);
    if (read === '') throw missing(memberPath);
    return read;
  };
  const values = (value: JsonValue): string | readonly string[] => {
    if (!list) return one(value);
    const sent = Array.isArray(value) ? (value as readonly JsonValue[]) : [value];
    if (sent.length > MOST_VALUES) throw invalid(memberPath);
    return sent.map(one);
  };
  const read = (sent: JsonObject): string | readonly string[] | undefined => {
    const flat = own(sent, key);
    const deep = nested(sent);
    if (flat == null) return deep == null ? undefined : values(deep);
    const value = values(flat);
    if (deep != null && String(values(deep)) !== String(value)) throw invalid(memberPath);
    return value;
  };
  return { property, read };
}

/** A text, or a whole number as its digits; undefined for everything else. */
function idText(value: JsonValue): string | undefined {
  if (typeof value === 'number') return Number.isInteger(value) ? String(value) : undefined;
  if (value instanceof LongNumber) return /^-?\d+$/.test(value.source) ? value.source : undefined;
  return isStorableText(value) ? value : undefined;
}

/** The schema of a member, for the API document. */
export function memberSchema<Reference>({ maxLength, list, description }: ReferenceMember<Reference>): SchemaObject {
  const single: SchemaObject = { type: ['string', 'integer'], maxLength };
  return list
    ? { anyOf: [single, { type: 'array', maxItems: MOST_VALUES, items: single }], description }
    : { ...single, description };
}
