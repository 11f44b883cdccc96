import { describe, expect, it } from 'vitest';
import { SingleFlight } from './single-flight.js';

describe('a single flight', () => {
  it('makes equal calls under way one call, and the next one a new one', async () => {
    const flight = new SingleFlight<number>();
    let calls = 0;
    const work = async () => ++calls;
    expect(await Promise.all([flight.run(['a'], work), flight.run(['a'], work)])).toEqual([1, 1]);
    expect(await flight.run(['a'], work)).toBe(2);
  });

  it.each([
    [
      ['a', 'b'],
      ['ab', ''],
    ],
    [
      ['a', undefined],
      ['a', ''],
    ],
    [['a'], ['a', undefined]],
    [['\ud800'], ['\ud801']],
    [['a","b'], ['a', 'b']],
  ])('keeps %j and %j apart', async (one, two) => {
    const flight = new SingleFlight<string>();
    const both = [flight.run(one, async () => 'one'), flight.run(two, async () => 'two')];
    expect(await Promise.all(both)).toEqual(['one', 'two']);
  });

  it('shares a failure and forgets it', async () => {
    const flight = new SingleFlight<string>();
    const fail = () => Promise.reject(new Error('down'));
    const results = await Promise.allSettled([flight.run(['a'], fail), flight.run(['a'], fail)]);
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(await flight.run(['a'], async () => 'up')).toBe('up');
  });
});
