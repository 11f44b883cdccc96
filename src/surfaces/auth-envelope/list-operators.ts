import { isStorableText } from '../../core/web/storable-text.js';
import { type JsonValue, LongNumber } from '../../core/web/strict-json.js';
import type { PlainValue } from './projection.js';

/** An attribute's value as it would be answered. */
export type Comparable = PlainValue;

type Test = (value: Comparable) => boolean;
type Single = string | number | boolean | null;

/** Values of an `in`. */
const MOST_VALUES = 100;

const equals = (sent: JsonValue): Test | undefined => {
  const wanted = single(sent);
  return wanted === undefined ? undefined : (value) => anyOf(value, (one) => same(one, wanted));
};

const ordered =
  (holds: (order: number) => boolean) =>
  (sent: JsonValue): Test | undefined => {
    const wanted = single(sent);
    if (wanted === undefined || wanted === null) return undefined;
    return (value) =>
      anyOf(value, (one) => one !== null && typeof one === typeof wanted && holds(compare(one, wanted)));
  };

/**
 * The operators of `match` (authentication methods, section 2.3). Each makes a test of the value sent, or undefined when it
 * cannot be compared with that. `=` on an attribute of several values means "contains".
 */
export const OPERATORS = {
  '=': equals,
  '!=': (sent: JsonValue) => {
    const test = equals(sent);
    return test && ((value: Comparable) => !test(value));
  },
  like: (sent: JsonValue) => {
    if (!isStorableText(sent)) return undefined;
    const pieces = sent.split('%');
    return (value: Comparable) => anyOf(value, (one) => typeof one === 'string' && isLike(one, pieces));
  },
  in: (sent: JsonValue) => {
    if (!Array.isArray(sent) || sent.length > MOST_VALUES) return undefined;
    const tests = (sent as readonly JsonValue[]).map(equals);
    if (!tests.every((test) => test !== undefined)) return undefined;
    return (value: Comparable) => tests.some((test) => test(value));
  },
  '<': ordered((order) => order < 0),
  '<=': ordered((order) => order <= 0),
  '>': ordered((order) => order > 0),
  '>=': ordered((order) => order >= 0),
} as const satisfies Readonly<Record<string, (sent: JsonValue) => Test | undefined>>;

export type Operator = keyof typeof OPERATORS;

export function isOperator(word: string): word is Operator {
  return Object.hasOwn(OPERATORS, word);
}

/** Numbers by size, texts by their characters, dates being texts that sort; nothing comes last. */
export function compare(a: Comparable, b: Comparable): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  const [left, right] = [textOf(a), textOf(b)];
  return left === right ? 0 : left < right ? -1 : 1;
}

/** What is no single value sorts by what it would look like. */
function textOf(value: Comparable): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function single(sent: JsonValue): Single | undefined {
  if (sent instanceof LongNumber) return sent.source;
  return typeof sent === 'object' && sent !== null ? undefined : sent;
}

/** Identifiers are texts whose digits clients may send as numbers. */
function same(value: Comparable, wanted: Single): boolean {
  return value === wanted || (typeof value === 'string' && typeof wanted === 'number' && value === String(wanted));
}

function anyOf(value: Comparable, test: (one: Comparable) => boolean): boolean {
  return Array.isArray(value) ? (value as readonly Comparable[]).some(test) : test(value);
}

/** Whether a text has the pieces one after the other, anything between them; without patterns that could run away. */
function isLike(text: string, pieces: readonly string[]): boolean {
  const [first = '', ...others] = pieces;
  const last = others.pop();
  if (last === undefined) return text === first;
  if (!text.startsWith(first)) return false;
  let at = first.length;
  for (const piece of others) {
    const found = text.indexOf(piece, at);
    if (found < 0) return false;
    at = found + piece.length;
  }
  return text.length - last.length >= at && text.endsWith(last);
}
