import type { FastifyRequest } from 'fastify';
import { describe, expect, it } from 'vitest';
import { type ListQuery, readListQuery } from './list-query.js';

const read = (query: Record<string, string> | string): ListQuery =>
  readListQuery({ url: `/rest/v1/iam/users?${new URLSearchParams(query).toString()}` } as FastifyRequest);

const DEFAULTS = { filter: new Map(), mask: undefined, offset: 0, limit: 100, order: [], flat: false };

describe('the parameters of a list', () => {
  it.each([
    [{}, {}],
    [{ filter: '', mask: '', offset: '', limit: '', order: '', flat: '' }, {}],
    [{ filter: '{"opts.isblocked":"false"}' }, { filter: new Map([['opts.isblocked', 'false']]) }],
    [{ filter: '{"a":true,"b":2,"c":null}' }, { filter: new Map(Object.entries({ a: 'true', b: '2', c: '' })) }],
    [{ mask: 'id, opts.roles' }, { mask: ['id', 'opts.roles'] }],
    [
      { offset: '20', limit: '5' },
      { offset: 20, limit: 5 },
    ],
    [{ limit: '1000' }, { limit: 100 }],
    [{ order: '["name",{"login":"desc"}]' }, { order: [asc('name'), desc('login')] }],
    [{ order: '{"login":"DESC"}' }, { order: [desc('login')] }],
    [{ order: 'name,login' }, { order: [asc('name'), asc('login')] }],
    [{ orderby: '"name"' }, { order: [asc('name')] }],
    [{ flat: 'true' }, { flat: true }],
    [{ flat: '0' }, {}],
  ])('%j', (query, expected) => expect(read(query as Record<string, string>)).toEqual({ ...DEFAULTS, ...expected }));

  it.each([
    ['filter', '[]'],
    ['filter', '{'],
    ['filter', '{"a":{}}'],
    ['filter', '{"a b":1}'],
    ['mask', 'a;b'],
    ['offset', '-1'],
    ['limit', '1.5'],
    ['limit', '9'.repeat(30)],
    ['order', '{"a":"up"}'],
    ['order', '[1]'],
    ['flat', 'maybe'],
  ])('%s=%s is refused with its name', (name, value) => {
    expect(() => read({ [name]: value })).toThrow(
      expect.objectContaining({ status: 412, code: 1501, details: { field: name } }),
    );
  });
});

function asc(field: string): unknown {
  return { field, descending: false };
}

function desc(field: string): unknown {
  return { field, descending: true };
}
