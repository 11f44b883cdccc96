import type { FastifyRequest } from 'fastify';
import { queryOf } from '../../core/web/visit.js';
import { isJsonObject, JsonError, type JsonValue, LongNumber, readJson } from '../../core/web/strict-json.js';
import { RestRefusal } from './rest-refusal.js';

/** What a list is asked for (iam-rest section 1, *List query parameters*). */
export interface ListQuery {
  /** Fields by their dotted names, and the text that each must be equal to. */
  readonly filter: ReadonlyMap<string, string>;
  /** Dotted names of the fields that are answered; all when absent. */
  readonly mask: readonly string[] | undefined;
  readonly offset: number;
  /** 0 to {@link MOST_ROWS}. */
  readonly limit: number;
  readonly order: readonly ListOrder[];
  /** Whether nested fields become dotted keys. */
  readonly flat: boolean;
}

export interface ListOrder {
  readonly field: string;
  readonly descending: boolean;
}

/** Rows of one answer; a larger `limit` is cut. */
export const MOST_ROWS = 100;

/** Records that can be skipped; more than any list of ours holds. */
const FURTHEST = 1_000_000_000;
const WHOLE_NUMBER = /^[0-9]{1,15}$/;
const NAME = /^[A-Za-z0-9_]+(?:\.[A-Za-z0-9_]+)*$/;

/** Reads the parameters of a list. @throws RestRefusal 412/1501 with the parameter's name */
export function readListQuery(request: FastifyRequest): ListQuery {
  const query = queryOf(request);
  const order = query.get('order') ?? query.get('orderby');
  return {
    filter: readFilter(query.get('filter')),
    mask: readMask(query.get('mask')),
    offset: Math.min(FURTHEST, readNumber('offset', query.get('offset')) ?? 0),
    limit: Math.min(MOST_ROWS, readNumber('limit', query.get('limit')) ?? MOST_ROWS),
    order: order === null || order.trim() === '' ? [] : readOrder(order),
    flat: readBoolean('flat', query.get('flat')),
  };
}

/** `filter={"opts.isblocked":"false"}`: texts, numbers and booleans; null is the empty text. */
function readFilter(text: string | null): ReadonlyMap<string, string> {
  if (text === null || text.trim() === '') return new Map();
  const sent = parsed('filter', text);
  if (!isJsonObject(sent)) throw RestRefusal.field('filter', 'filter must be object');
  return new Map(
    Object.entries(sent).map(([name, value]) => {
      const plain = value instanceof LongNumber ? value.source : value;
      if (!NAME.test(name) || (typeof plain === 'object' && plain !== null)) {
        throw RestRefusal.field('filter', 'filter must hold texts, numbers and booleans by the names of fields');
      }
      return [name, plain === null ? '' : String(plain)];
    }),
  );
}

function readMask(text: string | null): readonly string[] | undefined {
  if (text === null || text.trim() === '') return undefined;
  const names = text.split(',').map((name) => name.trim());
  if (!names.every((name) => NAME.test(name))) throw RestRefusal.field('mask', 'mask must be names of fields');
  return names;
}

/** `["name",{"login":"desc"}]`, a single one of these, or plain names with commas. */
function readOrder(text: string): readonly ListOrder[] {
  const written = /^\s*[[{"]/.test(text) ? parsed('order', text) : text.split(',').map((name) => name.trim());
  const items: readonly JsonValue[] = Array.isArray(written) ? (written as readonly JsonValue[]) : [written];
  return items.flatMap((item): ListOrder[] => {
    const pairs: [string, JsonValue][] =
      typeof item === 'string' ? [[item, 'asc']] : isJsonObject(item) ? Object.entries(item) : [['', null]];
    return pairs.map(([field, direction]) => {
      const word = typeof direction === 'string' ? direction.toLowerCase() : '';
      if (!NAME.test(field) || (word !== 'asc' && word !== 'desc')) {
        throw RestRefusal.field('order', 'order must be names of fields, or objects such as {"name":"desc"}');
      }
      return { field, descending: word === 'desc' };
    });
  });
}

function readNumber(name: string, text: string | null): number | undefined {
  if (text === null || text === '') return undefined;
  if (!WHOLE_NUMBER.test(text)) throw RestRefusal.field(name, `${name} must be int`);
  return Number(text);
}

function readBoolean(name: string, text: string | null): boolean {
  switch (text?.toLowerCase()) {
    case undefined:
    case '':
    case '0':
    case 'false':
      return false;
    case '1':
    case 'true':
      return true;
    default:
      throw RestRefusal.field(name, `${name} must be bool`);
  }
}

function parsed(name: string, text: string): JsonValue {
  try {
    return readJson(Buffer.from(text));
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
    throw RestRefusal.field(name, `${name} is not JSON`);
  }
}
