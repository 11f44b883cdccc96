import { describe, expect, it } from 'vitest';
import { listOf, shown, type RestRow } from './list-rows.js';

const ALL = { filter: new Map<string, string>(), mask: undefined, offset: 0, limit: 100, order: [], flat: false };

const ADA: RestRow = { id: '1', name: 'Ada', opts: { roles: ['user', 'chief'], isblocked: false } };
const BOB: RestRow = { id: '2', name: 'bob', opts: { roles: ['user'], isblocked: true, email: 'b@example.test' } };
const CYD: RestRow = { id: '3', name: 'Cyd', opts: { roles: [], isblocked: false } };
const ROWS = [BOB, ADA, CYD];

const ids = (query: Partial<Parameters<typeof listOf>[1]>): unknown[] =>
  listOf(ROWS, { ...ALL, ...query }).map(({ id }) => id);

describe('rows of a list', () => {
  it('are filtered by texts that stand for booleans, and by what is in lists', () => {
    expect(ids({ filter: new Map([['opts.isblocked', 'false']]) })).toEqual(['1', '3']);
    expect(ids({ filter: new Map([['opts.roles', 'chief']]) })).toEqual(['1']);
    expect(ids({ filter: new Map([['opts.email', '']]) })).toEqual(['1', '3']);
    expect(ids({ filter: new Map([['constructor', 'x']]) })).toEqual([]);
  });

  it('are put in order without regard to case, what is missing last', () => {
    expect(ids({ order: [{ field: 'name', descending: false }] })).toEqual(['1', '2', '3']);
    expect(ids({ order: [{ field: 'name', descending: true }] })).toEqual(['3', '2', '1']);
    expect(ids({ order: [{ field: 'opts.email', descending: false }] })[0]).toBe('2');
  });

  it('are cut', () => {
    expect(ids({ offset: 1, limit: 1 })).toEqual(['1']);
    expect(ids({ limit: 0 })).toEqual([]);
  });

  it('are masked and made flat', () => {
    expect(shown(BOB, { mask: ['id', 'opts.email', 'opts.nothing', '__proto__.x'], flat: false })).toEqual({
      id: '2',
      opts: { email: 'b@example.test' },
    });
    expect(shown(ADA, { mask: undefined, flat: true })).toEqual({
      id: '1',
      name: 'Ada',
      'opts.roles': ['user', 'chief'],
      'opts.isblocked': false,
    });
  });
});
