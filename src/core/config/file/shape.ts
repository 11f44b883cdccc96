import type { FileProblems } from './file-problems.js';
import { nearestWord } from './nearest-word.js';
import { entryOf, isNothing, type MapNode, type Path, type SourceNode } from './source-node.js';

/**
 * What a part of the configuration file looks like. One declaration reads and checks the part, gives it its type and
 * documents it in the configuration reference.
 */
export interface Shape<T> {
  /** What is possible, in words that fit behind "must be", e.g. `a whole number from 1 to 720`. */
  readonly values: string;
  /** Parts of an object, for the reference. */
  readonly keys?: Keys;
  /** What the members of a list look like, for the reference. */
  readonly item?: Shape<unknown>;
  /** @returns the value, or undefined when `problems` says what is wrong with it */
  read(node: SourceNode, problems: FileProblems): T | undefined;
}

/** One key of an object. */
export interface Key<T> {
  readonly shape: Shape<unknown>;
  /** What it does, as one sentence for the reference. */
  readonly meaning: string;
  readonly required: boolean;
  /** The value when the key is absent. */
  readonly fallback: T | undefined;
}

export type Keys = Readonly<Record<string, Key<unknown>>>;

/** Known keys that a refusal lists; more would hide what it says. */
const LISTED = 20;

export type ShapeType<S> = S extends Shape<infer T> ? T : never;

type ObjectOf<K extends Keys> = { readonly [P in keyof K]: K[P] extends Key<infer T> ? T : never };

export function required<T>(shape: Shape<T>, meaning: string): Key<T> {
  return { shape, meaning, required: true, fallback: undefined };
}

export function optional<T>(shape: Shape<T>, meaning: string): Key<T | undefined> {
  return { shape, meaning, required: false, fallback: undefined };
}

export function optionalWith<T>(shape: Shape<T>, fallback: T, meaning: string): Key<T> {
  return { shape, meaning, required: false, fallback: deeplyFrozen(fallback) };
}

/** An object with exactly these keys; any other key is refused, with the known one it was probably meant to be. */
export function object<K extends Keys>(keys: K): Shape<ObjectOf<K>> {
  const known = Object.keys(keys);
  return {
    values: `an object with ${known.join(', ')}`,
    keys,
    read(node, problems) {
      if (node.kind !== 'map') return problems.add(node, 'must be an object: keys and values, indented below');
      let complete = refuseUnknownKeys(node, known, problems);
      const result: Record<string, unknown> = {};
      for (const [name, key] of Object.entries(keys)) {
        const value = readKey(node, name, key, problems);
        if (value === undefined && (key.required || isGiven(node, name))) complete = false;
        result[name] = value;
      }
      return complete ? (Object.freeze(result) as ObjectOf<K>) : undefined;
    },
  };
}

/** Objects of several kinds, told apart by the word behind `tag`. */
export function variants<T>(tag: string, kinds: Readonly<Record<string, Shape<T>>>): Shape<T> {
  const words = Object.keys(kinds);
  const choice = `one of ${words.join(', ')}`;
  return {
    values: `an object whose ${tag} is ${choice}`,
    keys: withChoice(Object.assign({}, ...Object.values(kinds).map(({ keys }) => keys ?? {})) as Keys, tag, choice),
    read(node, problems) {
      if (node.kind !== 'map') return problems.add(node, 'must be an object: keys and values, indented below');
      const word = entryOf(node, tag)?.node;
      const shape = word?.kind === 'scalar' && typeof word.value === 'string' ? kinds[word.value] : undefined;
      return shape ? shape.read(node, problems) : problems.addBelow(node, [tag], `must be ${choice}`);
    },
  };
}

/** In the reference the tag may be any of the kinds. */
function withChoice(keys: Keys, tag: string, choice: string): Keys {
  const key = keys[tag];
  return key ? { ...keys, [tag]: { ...key, shape: { ...key.shape, values: choice } } } : keys;
}

export function list<T>(item: Shape<T>, { min = 0, max = 10_000 } = {}): Shape<readonly T[]> {
  const values = `a list${min > 0 ? ` of at least ${min}` : ''}`;
  return {
    values,
    item,
    read(node, problems) {
      if (node.kind !== 'list') return problems.add(node, 'must be a list');
      if (node.items.length < min) return problems.add(node, `must be ${values}`);
      if (node.items.length > max) return problems.add(node, `must have at most ${max} entries`);
      const items = node.items.map((entry) => item.read(entry, problems));
      return items.every((value) => value !== undefined) ? Object.freeze(items) : undefined;
    },
  };
}

/** Free keys, each with a value of one shape. */
export function record<T>(
  key: { test: (key: string) => boolean; values: string },
  item: Shape<T>,
): Shape<Readonly<Record<string, T>>> {
  return {
    values: `an object of ${key.values}, each with ${item.values}`,
    item,
    read(node, problems) {
      if (node.kind !== 'map') return problems.add(node, 'must be an object: keys and values, indented below');
      const entries = node.entries.map((entry) => {
        if (!key.test(entry.key)) problems.addBelow(node, [entry.key], `the key must be ${key.values}`);
        return [entry.key, item.read(entry.node, problems)] as const;
      });
      const complete = entries.every(([name, value]) => key.test(name) && value !== undefined);
      return complete ? (Object.freeze(Object.fromEntries(entries)) as Readonly<Record<string, T>>) : undefined;
    },
  };
}

/** The value, or null written on purpose. */
export function nullable<T>(shape: Shape<T>): Shape<T | null> {
  return {
    ...shape,
    values: `${shape.values}, or null`,
    read: (node, problems) => (isNothing(node) ? null : shape.read(node, problems)),
  };
}

export type Report = (path: Path, problem: string) => void;

/** Adds rules that look at several keys at once; they run when each key by itself is right. */
export function checked<T>(shape: Shape<T>, check: (value: T, report: Report) => void): Shape<T> {
  return {
    ...shape,
    read(node, problems) {
      const value = shape.read(node, problems);
      if (value === undefined) return undefined;
      let fine = true;
      check(value, (path, problem) => {
        fine = false;
        problems.addBelow(node, path, problem);
      });
      return fine ? value : undefined;
    },
  };
}

function readKey(node: MapNode, name: string, key: Key<unknown>, problems: FileProblems): unknown {
  const entry = entryOf(node, name);
  if (entry && isGiven(node, name)) return key.shape.read(entry.node, problems);
  if (key.required) problems.addBelow(node, [name], `is missing; must be ${key.shape.values}`);
  return key.fallback;
}

/** `key:` with nothing behind it, or with null, is as good as absent. */
function isGiven(node: MapNode, name: string): boolean {
  const entry = entryOf(node, name);
  return entry !== undefined && !isNothing(entry.node);
}

function refuseUnknownKeys(node: MapNode, known: readonly string[], problems: FileProblems): boolean {
  const unknown = node.entries.filter(({ key }) => !known.includes(key));
  for (const { key } of unknown) problems.addBelow(node, [key], unknownKey(key, known));
  return unknown.length === 0;
}

/** The refusal of an unknown word, with the known one it was probably meant to be. */
export function unknownKey(key: string, known: readonly string[]): string {
  const nearest = nearestWord(key, known);
  if (nearest) return `unknown key; did you mean ${nearest}?`;
  return known.length <= LISTED ? `unknown key; known are ${known.join(', ')}` : 'unknown key';
}

function deeplyFrozen<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value;
  Object.values(value).forEach(deeplyFrozen);
  return Object.freeze(value);
}
