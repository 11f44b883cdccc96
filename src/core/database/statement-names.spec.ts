import { describe, expect, it } from 'vitest';
import { StatementNames } from './statement-names.js';

const ask = (names: StatementNames, text: string, times: number): (string | undefined)[] =>
  Array.from({ length: times }, () => names.of(text));

describe('names of statements', () => {
  it('are given to what comes often, and stay', () => {
    const names = new StatementNames();
    const [first, ...later] = ask(names, 'SELECT 1', 8).filter((name) => name !== undefined);
    expect(first).toMatch(/^latchkey_0_[0-9a-f]{16}$/);
    expect(later).toEqual([first, first, first]);
  });

  it('are given at once where it is known that a statement will come often', () => {
    const names = new StatementNames();
    expect(names.of('SELECT 1')).toBeUndefined();
    expect(names.of('SELECT 1')).toBeUndefined();
    expect(names.give('SELECT 1')).toBe(names.of('SELECT 1'));
  });

  it('differ for different texts, and are the same in every process', () => {
    const [one, other] = [new StatementNames(), new StatementNames()];
    expect(one.give('SELECT 1')).toBe(other.give('SELECT 1'));
    expect(one.give('SELECT 2')).not.toBe(one.give('SELECT 1'));
  });

  it('are others once what connections keep is outdated', () => {
    const names = new StatementNames();
    const before = names.give('SELECT 1');
    names.renew();
    expect(names.give('SELECT 1')).not.toBe(before);
  });

  it('have an end, so that texts that are made up do not fill the memory of PostgreSQL', () => {
    const names = new StatementNames();
    for (let number = 0; number < 500; number++) names.give(`SELECT ${number}`);
    expect(ask(names, 'SELECT one more', 20).every((name) => name === undefined)).toBe(true);
    expect(names.of('SELECT 499')).toBeDefined();
  });
});
