import type { AttributeValue, Scalar, TextMap, WireObject } from './auth-result.js';
import { wireDate } from './scalars.js';

/** A value as it leaves: JSON and nothing else. */
export type PlainValue = string | number | boolean | null | TextMap | readonly PlainValue[] | PlainObject;

export interface PlainObject {
  readonly [name: string]: PlainValue;
}

/** What is taken over from an object: attributes that a path leads to. */
export interface Pick {
  /** Key in the answer; a path keeps its dots (authentication methods, section 2.2). */
  readonly key: string;
  readonly segments: readonly string[];
  /** What is taken over from the related objects; absent for a value. */
  readonly inner?: Projection;
  /** Whether related objects are wrapped into `{"elements":[…]}`, the collection form of the management API. */
  readonly elements?: boolean;
}

/** The picks by their key. */
export type Projection = ReadonlyMap<string, Pick>;

/** Takes over what a projection picks, and nothing else; attributes that are not asked for are not worked out. */
export async function project(object: WireObject, projection: Projection): Promise<PlainObject> {
  const result: Record<string, PlainValue> = {};
  for (const { key, segments, inner, elements } of projection.values()) {
    const found = follow(object, segments);
    const value = found instanceof Promise ? await found : found;
    result[key] = inner ? await projectRelated(value, inner, elements ?? false) : plain(value);
  }
  return result;
}

/** The value that a path leads to; null where something on the way is. */
export function follow(object: WireObject, segments: readonly string[]): Settled | Promise<Settled> {
  const [first = '', ...rest] = segments;
  const value = Object.hasOwn(object, first) ? object[first] : undefined;
  if (typeof value === 'function') return settle(value).then((settled) => further(settled, rest));
  return further(value ?? null, rest);
}

/** An attribute's value when nothing is left to be worked out. */
export type Settled = Exclude<AttributeValue, (...none: never[]) => unknown>;

async function settle(value: AttributeValue): Promise<Settled> {
  let current = value;
  while (typeof current === 'function') current = await current();
  return current;
}

function further(value: Settled, rest: readonly string[]): Settled | Promise<Settled> {
  if (rest.length === 0 || value === null) return value;
  return isObject(value) ? follow(value, rest) : null;
}

async function projectRelated(value: Settled, inner: Projection, elements: boolean): Promise<PlainValue> {
  if (Array.isArray(value)) {
    const rows: PlainValue[] = [];
    for (const row of value as readonly (Scalar | WireObject)[]) {
      if (isObject(row)) rows.push(await project(row, inner));
    }
    return elements ? { elements: rows } : rows;
  }
  return isObject(value) ? project(value, inner) : null;
}

/** A value without related objects, as JSON. */
export function plain(value: Settled): PlainValue {
  if (value instanceof Date) return wireDate(value);
  if (Array.isArray(value)) return (value as readonly Scalar[]).map(plain);
  return value as string | number | boolean | null | TextMap;
}

function isObject(value: Settled): value is WireObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);
}
