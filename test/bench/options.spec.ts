import { describe, expect, it } from 'vitest';
import { readOptions, UsageError, usage } from '../../bench/options.js';

const KNOWN = ['first', 'second'];

describe('options of the bench', () => {
  it('measures all scenarios by default', () => {
    expect(readOptions([], KNOWN)).toEqual({
      scenarios: [],
      seconds: 5,
      runs: 5,
      connections: 32,
      users: 10_000,
      peers: false,
      profile: false,
      dist: 'dist',
      against: undefined,
    });
  });

  it('takes several scenarios and numbers', () => {
    const args = ['--scenario', 'first', '--scenario', 'second', '--seconds', '1', '--runs=2', '--peers'];
    expect(readOptions(args, KNOWN)).toMatchObject({ scenarios: KNOWN, seconds: 1, runs: 2, peers: true });
  });

  it.each([
    { args: ['--scenario', 'third'], problem: 'There is no scenario "third".' },
    { args: ['--fast'], problem: /Unknown option '--fast'/ },
    { args: ['first'], problem: /Unexpected argument 'first'/ },
    { args: ['--runs', '0'], problem: '--runs must be a whole number of 1 or more.' },
    { args: ['--seconds', '1.5'], problem: '--seconds must be a whole number of 1 or more.' },
  ])('refuses $args', ({ args, problem }) => {
    expect(() => readOptions(args, KNOWN)).toThrow(UsageError);
    expect(() => readOptions(args, KNOWN)).toThrow(problem);
  });

  it('names every scenario in its help', () => {
    expect(readOptions(['--help'], KNOWN)).toBeUndefined();
    expect(usage([{ name: 'first', title: 'The first question' }])).toMatch(/first +The first question/);
  });
});
