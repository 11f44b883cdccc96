import { describe, expect, it } from 'vitest';
import { type Look, WaitingLines } from './waiting-lines.js';

const FOR_EVER = new AbortController().signal;
const ENDED = AbortSignal.abort();
const BUSY: Look<never> = { busy: true };

const taken = <T>(result: T, othersMayGo = false): Look<T> => ({ busy: false, result, othersMayGo });

describe('a line of those who wait for the same', () => {
  it('is served in the order they came, one at a time', async () => {
    const lines = new WaitingLines();
    const served: number[] = [];
    let free = 0;
    const look = (index: number) => (): Promise<Look<number>> => {
      if (free === 0) return Promise.resolve(BUSY);
      free -= 1;
      served.push(index);
      return Promise.resolve(taken(index));
    };
    const all = Promise.all([0, 1, 2, 3].map((index) => lines.wait('key', FOR_EVER, look(index))));
    expect(lines.has('key')).toBe(true);
    for (let place = 0; place < 4; place++) {
      free += 1;
      lines.wake('key');
      await expect.poll(() => served).toHaveLength(place + 1);
    }
    expect(await all).toEqual([0, 1, 2, 3]);
    expect(served).toEqual([0, 1, 2, 3]);
    expect(lines.has('key')).toBe(false);
  });

  it('is kept apart from others', async () => {
    const lines = new WaitingLines();
    const held = Promise.withResolvers<Look<string>>();
    const waiting = lines.wait('one', FOR_EVER, () => held.promise);
    expect(await lines.wait('other', FOR_EVER, () => Promise.resolve(taken('through')))).toBe('through');
    held.resolve(taken('later'));
    expect(await waiting).toBe('later');
  });

  it('lets everybody look at once when the first has seen that waiting is of no use', async () => {
    const lines = new WaitingLines();
    const held = Promise.withResolvers<Look<string>>();
    const first = lines.wait('key', FOR_EVER, () => held.promise);
    const blocked = Promise.withResolvers<Look<string>>();
    const second = lines.wait('key', FOR_EVER, () => blocked.promise);
    const third = lines.wait('key', FOR_EVER, () => Promise.resolve(taken('third')));
    held.resolve(taken('first', true));
    expect([await first, await third]).toEqual(['first', 'third']);
    blocked.resolve(taken('second'));
    expect(await second).toBe('second');
    expect(lines.has('key')).toBe(false);
  });

  it('goes on after a look that failed', async () => {
    const lines = new WaitingLines();
    const failing = lines.wait('key', FOR_EVER, () => Promise.reject(new Error('no answer')));
    const next = lines.wait('key', FOR_EVER, () => Promise.resolve(taken('next')));
    await expect(failing).rejects.toThrow('no answer');
    expect(await next).toBe('next');
  });

  it('gives up when patience has run out, after one look', async () => {
    const lines = new WaitingLines();
    let looks = 0;
    const look = (): Promise<Look<string>> => {
      looks += 1;
      return Promise.resolve(BUSY);
    };
    expect(await lines.wait('key', ENDED, look)).toBeUndefined();
    expect(looks).toBe(1);
    expect(await lines.wait('key', ENDED, () => Promise.resolve(taken('there')))).toBe('there');
  });

  it('takes no more than 256', async () => {
    const lines = new WaitingLines();
    const held = Promise.withResolvers<Look<string>>();
    const line = Array.from({ length: 256 }, () => lines.wait('key', FOR_EVER, () => held.promise));
    expect(await lines.wait('key', FOR_EVER, () => held.promise)).toBeUndefined();
    held.resolve(taken('done'));
    expect(new Set(await Promise.all(line))).toEqual(new Set(['done']));
  });
});
