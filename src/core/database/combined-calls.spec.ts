import { describe, expect, it } from 'vitest';
import { DomainError } from '../errors/domain-error.js';
import { type CallGroup, type Combination, CombinedCalls } from './combined-calls.js';

interface Call {
  readonly key: string;
  readonly name: string;
}

/** Statements that end when the test says so. */
class Statements implements Combination<Call, string> {
  readonly asked: string[][][] = [];
  readonly alones: string[] = [];
  private readonly ends: (() => void)[] = [];
  /** What a statement with these names does instead of answering. */
  fails: (names: readonly string[]) => Error | undefined = () => undefined;
  /** Groups that have to go alone. */
  busy = new Set<string>();

  readonly keyOf = ({ key }: Call) => key;
  readonly alike = (call: Call, first: Call) => call.name === first.name;

  async together(groups: readonly CallGroup<Call>[]): Promise<(string[] | undefined)[]> {
    const names = groups.map((group) => group.map(({ name }) => name));
    this.asked.push(names);
    await new Promise<void>((resolve) => this.ends.push(resolve));
    const error = this.fails(names.flat());
    if (error) throw error;
    return groups.map((group) =>
      this.busy.has(group[0].key) ? undefined : group.map(({ name }, turn) => `${name}/${turn}`),
    );
  }

  async alone({ name }: Call): Promise<string> {
    this.alones.push(name);
    const error = this.fails([name]);
    if (error) throw error;
    return `${name} alone`;
  }

  /** Ends the oldest statement under way. */
  async end(): Promise<void> {
    await turn();
    this.ends.shift()?.();
    await turn();
  }
}

const turn = () => new Promise<void>((resolve) => setImmediate(() => setImmediate(resolve)));
const call = (name: string, key = name): Call => ({ name, key });

describe('combined calls', () => {
  it('go together when they come in the same turn, each with its own outcome', async () => {
    const statements = new Statements();
    const combined = new CombinedCalls(statements, { atOnce: 1, most: 10 });
    const outcomes = Promise.all(['a', 'b', 'c'].map((name) => combined.run(call(name))));
    await statements.end();
    expect(await outcomes).toEqual(['a/0', 'b/0', 'c/0']);
    expect(statements.asked).toEqual([[['a'], ['b'], ['c']]]);
  });

  it('wait in line while a statement is under way, and go together in the next', async () => {
    const statements = new Statements();
    const combined = new CombinedCalls(statements, { atOnce: 1, most: 2 });
    const first = combined.run(call('a'));
    await turn();
    const others = Promise.all(['b', 'c', 'd'].map((name) => combined.run(call(name))));
    await turn();
    expect(statements.asked).toEqual([[['a']]]);
    for (let end = 0; end < 3; end++) await statements.end();
    expect(await Promise.all([first, others])).toEqual(['a/0', ['b/0', 'c/0', 'd/0']]);
    expect(statements.asked).toEqual([[['a']], [['b'], ['c']], [['d']]]);
  });

  it('have a few statements under way at once, and no more', async () => {
    const statements = new Statements();
    const combined = new CombinedCalls(statements, { atOnce: 2, most: 1 });
    const outcomes = Promise.all(['a', 'b', 'c'].map((name) => combined.run(call(name))));
    await turn();
    await turn();
    expect(statements.asked).toEqual([[['a']], [['b']]]);
    for (let end = 0; end < 3; end++) await statements.end();
    expect(await outcomes).toHaveLength(3);
  });

  it('with one key are never under way at once, in one statement or in two', async () => {
    const statements = new Statements();
    const combined = new CombinedCalls(statements, { atOnce: 2, most: 10 });
    const outcomes = Promise.all(['a', 'b', 'c'].map((name) => combined.run(call(name, 'one'))));
    for (let end = 0; end < 3; end++) {
      await turn();
      expect(statements.asked).toHaveLength(end + 1);
      await statements.end();
    }
    expect(await outcomes).toEqual(['a/0', 'b/0', 'c/0']);
    expect(statements.asked).toEqual([[['a']], [['b']], [['c']]]);
  });

  it('that are alike share a row, also when they came behind another', async () => {
    const statements = new Statements();
    const combined = new CombinedCalls(statements, { atOnce: 1, most: 10 });
    const outcomes = Promise.all(['a', 'a', 'b', 'a', 'b'].map((name) => combined.run(call(name, 'one'))));
    await statements.end();
    await statements.end();
    expect(statements.asked).toEqual([[['a', 'a', 'a']], [['b', 'b']]]);
    expect(await outcomes).toEqual(['a/0', 'a/1', 'b/0', 'a/2', 'b/1']);
  });

  it('are made one by one when their statement fails, so that an error reaches its own caller only', async () => {
    const statements = new Statements();
    statements.fails = (names) => (names.includes('bad') ? new Error('a bad row') : undefined);
    const combined = new CombinedCalls(statements, { atOnce: 1, most: 10 });
    const outcomes = Promise.allSettled(['a', 'bad', 'c'].map((name) => combined.run(call(name))));
    await statements.end();
    expect((await outcomes).map((outcome) => (outcome.status === 'fulfilled' ? outcome.value : 'failed'))).toEqual([
      'a alone',
      'failed',
      'c alone',
    ]);
    const next = combined.run(call('bad'));
    statements.fails = () => undefined;
    await statements.end();
    expect(await next).toBe('bad/0');
  });

  it('all fail when the database is away, and are not asked again', async () => {
    const statements = new Statements();
    statements.fails = () => new DomainError('database-unavailable');
    const combined = new CombinedCalls(statements, { atOnce: 1, most: 10 });
    const outcomes = Promise.allSettled(['a', 'b'].map((name) => combined.run(call(name))));
    await statements.end();
    expect((await outcomes).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(statements.alones).toEqual([]);
  });

  it('whose row is busy go alone, and hold up nobody else', async () => {
    const statements = new Statements();
    statements.busy.add('b');
    const combined = new CombinedCalls(statements, { atOnce: 1, most: 10 });
    const outcomes = Promise.all(['a', 'b', 'c'].map((name) => combined.run(call(name))));
    await statements.end();
    expect(await outcomes).toEqual(['a/0', 'b alone', 'c/0']);
  });

  it('keep nothing of calls that are over', async () => {
    const statements = new Statements();
    const combined = new CombinedCalls(statements, { atOnce: 1, most: 10 });
    const outcomes = Promise.all(['a', 'a', 'b'].map((name) => combined.run(call(name, 'one'))));
    await statements.end();
    await statements.end();
    await outcomes;
    expect((combined as unknown as { queues: Map<string, unknown> }).queues.size).toBe(0);
  });
});
