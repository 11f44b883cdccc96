import { readdirSync, readFileSync } from 'node:fs';
import { availableParallelism, setPriority } from 'node:os';

/** Password hashes that may run at once, however many cores there are: each needs 19 MiB while it runs. */
const MOST = 8;

/** Threads of libuv's pool that are left for files, name look-ups and other cryptography. */
const OTHERS = 4;

/** Threads that libuv makes when it is told nothing. */
const LIBUV_DEFAULT = 4;

/** How many password hashes may run at once: one for each core, and no more than leave a thread of the pool for others. */
export function hashesAtOnce(cores: number, threads: number | undefined): number {
  const inPool = threads && threads > 0 ? threads : LIBUV_DEFAULT;
  return Math.max(1, Math.min(MOST, cores, inPool - 1));
}

/** Of threads that hash; 0 is that of all others. Against one of these a hash has a seventh of a core. */
const NICENESS = 8;

/** Where Linux tells the threads of a process, and how libuv names those of its pool. */
const TASKS = '/proc/self/task';
const POOL = 'libuv-worker';

/** Threads of this process's pool, once {@link provideThreads} has seen to them. */
let threads: number | undefined;

/**
 * Gives libuv's pool, on which hashes are made, a thread for each hash that may run at once, besides those for other
 * work. Has an effect only before the pool is first used; an operator's own UV_THREADPOOL_SIZE stays.
 */
export function provideThreads(env: NodeJS.ProcessEnv): void {
  env['UV_THREADPOOL_SIZE'] ??= String(Math.min(MOST, availableParallelism()) + OTHERS);
  threads = Number(env['UV_THREADPOOL_SIZE']) || undefined;
}

/** As {@link hashesAtOnce}, on this machine and in this process. */
export function hashesAtOnceHere(): number {
  return hashesAtOnce(availableParallelism(), threads);
}

/**
 * Lets everything else go first where there are more hashes than cores: without, a crowd of passwords takes the event loop
 * and PostgreSQL two thirds of the machine away, and whoever logs on with a code waits for it. Has an effect once the pool
 * is in use, and on Linux, where a thread has a priority of its own (setpriority(2)).
 *
 * @throws Error of the system where it does not allow that
 */
export function letOthersGoFirst(): void {
  if (process.platform !== 'linux') return;
  for (const thread of readdirSync(TASKS)) {
    if (readFileSync(`${TASKS}/${thread}/comm`, 'utf8').startsWith(POOL)) setPriority(Number(thread), NICENESS);
  }
}
