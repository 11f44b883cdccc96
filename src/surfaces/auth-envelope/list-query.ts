import { isStorableText } from '../../core/web/storable-text.js';
import type { JsonObject, JsonValue } from '../../core/web/strict-json.js';
import type { Returns } from './auth-method.js';
import { own } from './auth-parameter.js';
import { AuthRefusal, invalid } from './auth-refusal.js';
import type { WireObject } from './auth-result.js';
import { isOperator, type Comparable, compare, OPERATORS, type Operator } from './list-operators.js';
import { follow, plain } from './projection.js';
import { readablePath } from './readable-path.js';

/** Rows of an answer unless the request says otherwise, and at most (authentication methods, section 2.3). */
const DEFAULT_ROWS = 100;
const MOST_ROWS = 1_000;
const MOST_OFFSET = 1_000_000;
/** Conditions of one `match`. */
const MOST_CONDITIONS = 16;

interface Condition {
  readonly segments: readonly string[];
  readonly test: (value: Comparable) => boolean;
}

/** Which rows of a list are asked for, and in which order. */
export interface ListQuery {
  readonly conditions: readonly Condition[];
  /** Attribute that rows are ordered by; undefined keeps the method's order, or turns it round. */
  readonly sort: readonly string[] | undefined;
  readonly descending: boolean;
  readonly max: number;
  readonly offset: number;
}

/** The rows of one page, and how many there are on all. */
export interface ListPage {
  readonly total: number;
  readonly rows: readonly WireObject[];
}

/**
 * Makes the reader of `match`, `sort`, `order`, `max` and `offset` for a method (section 2.3).
 *
 * @throws AuthRefusal from the reader: 102 for unknown attributes, operators and values out of bounds; 106 for secrets
 */
export function compileListQuery({ type, order }: Returns): (request: JsonObject) => ListQuery {
  const standard = order === undefined ? undefined : [order];
  const path = (parameter: string, name: JsonValue | undefined): readonly string[] => {
    const found = isStorableText(name) ? readablePath(type, name) : undefined;
    if (found?.attribute.kind !== 'value') throw invalid(parameter);
    if (found.onlyNamed) throw new AuthRefusal(106, { subject: found.segments.join('.') });
    return found.segments;
  };
  const condition = (sent: JsonValue): Condition => {
    if (!Array.isArray(sent) || sent.length !== 3) throw invalid('match');
    const [attribute, operator, value] = sent as readonly JsonValue[];
    const segments = path('match', attribute);
    if (typeof operator !== 'string' || !isOperator(operator) || value === undefined) throw invalid('match');
    const test = OPERATORS[operator satisfies Operator](value);
    if (!test) throw invalid('match');
    return { segments, test };
  };
  return (request) => {
    const match = own(request, 'match') ?? [];
    if (!Array.isArray(match) || match.length > MOST_CONDITIONS) throw invalid('match');
    const sort = own(request, 'sort') ?? undefined;
    return {
      conditions: (match as readonly JsonValue[]).map(condition),
      sort: sort === undefined ? standard : path('sort', sort),
      descending: direction(own(request, 'order') ?? undefined),
      max: integer('max', own(request, 'max') ?? DEFAULT_ROWS, 1, MOST_ROWS),
      offset: integer('offset', own(request, 'offset') ?? 0, 0, MOST_OFFSET),
    };
  };
}

/** The rows that a query asks for. `total` counts all that match, before the page is cut out. */
export async function pageOf(rows: readonly WireObject[], query: ListQuery): Promise<ListPage> {
  const { conditions, sort, descending, max, offset } = query;
  let matching = rows;
  for (const { segments, test } of conditions) {
    const values = await valuesOf(matching, segments);
    matching = matching.filter((_row, index) => test(values[index] ?? null));
  }
  const ordered = sort ? await orderedBy(matching, sort, descending) : descending ? matching.toReversed() : matching;
  return { total: ordered.length, rows: ordered.slice(offset, offset + max) };
}

async function orderedBy(
  rows: readonly WireObject[],
  segments: readonly string[],
  descending: boolean,
): Promise<readonly WireObject[]> {
  const values = await valuesOf(rows, segments);
  const keyed = rows.map((row, index) => ({ row, value: values[index] ?? null }));
  const sign = descending ? -1 : 1;
  return keyed.toSorted((a, b) => sign * compare(a.value, b.value)).map(({ row }) => row);
}

function valuesOf(rows: readonly WireObject[], segments: readonly string[]): Promise<Comparable[]> {
  return Promise.all(rows.map(async (row) => plain(await follow(row, segments))));
}

function direction(sent: JsonValue | undefined): boolean {
  if (sent === undefined || sent === 'asc') return false;
  if (sent === 'desc') return true;
  throw invalid('order');
}

function integer(name: string, value: JsonValue, min: number, max: number): number {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < min || value > max) throw invalid(name);
  return value;
}
