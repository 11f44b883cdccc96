import { ArrayMaxSize, IsArray } from 'class-validator';
import { isStorableText } from '../../core/web/storable-text.js';
import { isJsonObject, type JsonValue, LongNumber } from '../../core/web/strict-json.js';
import { rule } from './parameter-rules.js';
import { declareParameter, type ParameterDecorator, type ParameterOptions } from './rpc-parameter.js';

/** Members of a list or an object. */
const MOST_MEMBERS = 1_000;

/** Values by name, in the order sent. A map, because names come from the client and an object has names of its own. */
export type NamedTexts = ReadonlyMap<string, readonly string[]>;

/** A list of texts. */
export function TextListParam(options: ParameterOptions): ParameterDecorator<readonly string[]> {
  return declareParameter<readonly string[]>(options, {
    schema: { type: 'array', maxItems: MOST_MEMBERS, items: { type: 'string' } },
    read: (value) => value,
    rules: [
      IsArray({ message: 'not Array' }),
      rule('areStorableTexts', 'not Array of String', (value) => Array.isArray(value) && value.every(isStorableText)),
      ArrayMaxSize(MOST_MEMBERS, { message: 'too long' }),
    ],
  });
}

/**
 * An object of texts: to each name one text or a list of them. Numbers count as their digits, since clients hold numeric
 * attributes as numbers. With `namesToo` a mere list of names is taken as well, as names without values.
 */
export function TextsByNameParam(
  options: ParameterOptions & { readonly namesToo?: boolean },
): ParameterDecorator<NamedTexts> {
  const { namesToo = false } = options;
  const value = { type: 'string' } as const;
  const byName = {
    type: 'object' as const,
    maxProperties: MOST_MEMBERS,
    additionalProperties: { anyOf: [value, { type: 'array' as const, items: value }] },
  };
  return declareParameter<NamedTexts>(options, {
    schema: namesToo ? { anyOf: [byName, { type: 'array', maxItems: MOST_MEMBERS, items: value }] } : byName,
    read: (sent) => (Array.isArray(sent) && namesToo ? named(sent as readonly JsonValue[]) : byNames(sent)) ?? sent,
    rules: [
      rule('isMap', namesToo ? 'not Object or Array of String' : 'not Object', (read) => read instanceof Map),
      rule('isSmall', 'too long', (read) => read instanceof Map && read.size <= MOST_MEMBERS),
    ],
  });
}

function named(names: readonly JsonValue[]): NamedTexts | undefined {
  return names.every(isStorableText) ? new Map(names.map((name) => [name, []])) : undefined;
}

function byNames(sent: JsonValue): NamedTexts | undefined {
  if (!isJsonObject(sent)) return undefined;
  const read = new Map<string, readonly string[]>();
  for (const [name, value] of Object.entries(sent)) {
    const values = (Array.isArray(value) ? (value as readonly JsonValue[]) : [value]).map(textOf);
    if (!isStorableText(name) || !values.every((text) => text !== undefined)) return undefined;
    read.set(name, values);
  }
  return read;
}

function textOf(value: JsonValue): string | undefined {
  if (value instanceof LongNumber) return value.source;
  if (typeof value === 'number') return String(value);
  return isStorableText(value) ? value : undefined;
}
