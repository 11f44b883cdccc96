import { readdirSync, readFileSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { availableParallelism, getPriority } from 'node:os';
import { describe, expect, it } from 'vitest';
import { hashesAtOnce, hashesAtOnceHere, letOthersGoFirst, provideThreads } from './hashing-threads.js';

describe('hashes that run at once', () => {
  it.each([
    ['one for a single core', 1, 12, 1],
    ['one for each core', 6, 12, 6],
    ['eight at the most', 64, 128, 8],
    ['three in the pool that libuv makes by itself', 16, undefined, 3],
    ['one less than there are threads', 16, 6, 5],
    ['one in a pool of one', 4, 1, 1],
  ])('are %s', (_, cores, threads, expected) => {
    expect(hashesAtOnce(cores, threads)).toBe(expected);
  });

  it('have threads of their own, unless the operator has said how many there are', () => {
    const ours: NodeJS.ProcessEnv = {};
    provideThreads(ours);
    expect(Number(ours['UV_THREADPOOL_SIZE'])).toBe(Math.min(8, availableParallelism()) + 4);
    expect(hashesAtOnceHere()).toBe(Math.min(8, availableParallelism()));
    const theirs = { UV_THREADPOOL_SIZE: '6' };
    provideThreads(theirs);
    expect(theirs).toEqual({ UV_THREADPOOL_SIZE: '6' });
  });

  it.runIf(process.platform === 'linux')('let the threads of everything else go first', async () => {
    await stat('.'); // the pool starts with its first work
    letOthersGoFirst();
    const priorities = (pool: boolean) =>
      readdirSync('/proc/self/task')
        .filter((id) => readFileSync(`/proc/self/task/${id}/comm`, 'utf8').startsWith('libuv-worker') === pool)
        .map((id) => getPriority(Number(id)));
    expect(new Set(priorities(true))).toEqual(new Set([8]));
    expect(priorities(false)).toContain(0);
  });
});
