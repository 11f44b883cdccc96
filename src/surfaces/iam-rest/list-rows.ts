import type { ListOrder, ListQuery } from './list-query.js';
import type { RestValue } from './rest-answer.js';

export type RestRow = { readonly [name: string]: RestValue };

/** Whether a row has what the filter asks for; of a list, whether it is in it. */
export function matches(row: RestRow, filter: ListQuery['filter']): boolean {
  return [...filter].every(([name, wanted]) => {
    const value = valueAt(row, name);
    const values: readonly RestValue[] = Array.isArray(value) ? (value as readonly RestValue[]) : [value];
    return values.some((item) => asText(item) === wanted);
  });
}

/** Compares rows by their fields, texts by code point without regard to case; what is missing comes last. */
export function compareBy(order: readonly ListOrder[]): (a: RestRow, b: RestRow) => number {
  return (a, b) => {
    for (const { field, descending } of order) {
      const compared = compare(valueAt(a, field), valueAt(b, field));
      if (compared !== 0) return descending ? -compared : compared;
    }
    return 0;
  };
}

/** Filters, orders, cuts and shows rows that are all there. */
export function listOf(rows: readonly RestRow[], query: ListQuery): RestRow[] {
  return rows
    .filter((row) => matches(row, query.filter))
    .toSorted(compareBy(query.order))
    .slice(query.offset, query.offset + query.limit)
    .map((row) => shown(row, query));
}

/** A row as it is answered: masked, and flat when asked for. */
export function shown(row: RestRow, { mask, flat }: Pick<ListQuery, 'mask' | 'flat'>): RestRow {
  const masked = mask === undefined ? row : maskedRow(row, mask);
  return flat ? Object.fromEntries(flatEntries(masked, '')) : masked;
}

function maskedRow(row: RestRow, mask: readonly string[]): RestRow {
  let result: RestRow = {};
  for (const name of mask) {
    const value = valueAt(row, name);
    if (value !== undefined) result = withValue(result, name.split('.'), value);
  }
  return result;
}

function withValue(row: RestRow, [name = '', ...rest]: readonly string[], value: RestValue): RestRow {
  const inner = own(row, name);
  const nested = rest.length === 0 ? value : withValue(isRow(inner) ? inner : {}, rest, value);
  return { ...row, [name]: nested };
}

function flatEntries(row: RestRow, prefix: string): [string, RestValue][] {
  return Object.entries(row).flatMap(([name, value]): [string, RestValue][] =>
    isRow(value) ? flatEntries(value, `${prefix}${name}.`) : [[`${prefix}${name}`, value]],
  );
}

/** The value under a dotted name. */
export function valueAt(row: RestRow, name: string): RestValue {
  let value: RestValue = row;
  for (const part of name.split('.')) value = isRow(value) ? own(value, part) : undefined;
  return value;
}

function own(row: RestRow, name: string): RestValue {
  return Object.hasOwn(row, name) ? row[name] : undefined;
}

function isRow(value: RestValue): value is RestRow {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function asText(value: RestValue): string {
  return value === undefined || value === null || typeof value === 'object' ? '' : String(value);
}

function compare(a: RestValue, b: RestValue): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  const [left, right] = [asText(a).toLowerCase(), asText(b).toLowerCase()];
  if (left === right) return 0;
  if (left === '' || right === '') return left === '' ? 1 : -1;
  return left < right ? -1 : 1;
}
