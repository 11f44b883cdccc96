import { setTimeout as pause } from 'node:timers/promises';

/** What a look found: that there is reason to go on waiting, that there is none any more, or what was waited for. */
export type Look<T> =
  { readonly busy: true } | { readonly busy: false; readonly result: T; readonly othersMayGo: boolean };

interface Line {
  length: number;
  /** Ends when everybody who came before has left. */
  tail: Promise<void>;
  wake: (() => void) | undefined;
  /** Ends when there is nothing left to wait for. */
  readonly over: PromiseWithResolvers<void>;
}

/** How many wait for one thing at most. */
const LONGEST = 256;

/** Milliseconds between two looks of the first in line: another process may have given something back. */
const LOOK_EVERY_MS = 25;

/** Lines of callers of this process who wait for the same thing: only the first one looks whether it is there. */
export class WaitingLines {
  private readonly lines = new Map<string, Line>();

  /** Whether somebody waits for `key`. */
  has(key: string): boolean {
    return this.lines.has(key);
  }

  /** Tells the first in line that something may be there. */
  wake(key: string): void {
    this.lines.get(key)?.wake?.();
  }

  /**
   * Waits for the caller's turn, then looks until there is no reason to go on, at least once. A look that throws, or
   * says that others may go, lets all those behind look at once.
   *
   * @returns undefined when `patience` ran out, or the line is full
   */
  async wait<T>(key: string, patience: AbortSignal, look: () => Promise<Look<T>>): Promise<T | undefined> {
    const line = this.lineOf(key);
    if (line.length >= LONGEST) return undefined;
    line.length += 1;
    const before = line.tail;
    const { promise: left, resolve: leave } = Promise.withResolvers<void>();
    line.tail = before.then(() => left);
    let othersMayGo = true;
    try {
      await Promise.race([before, line.over.promise]);
      for (;;) {
        const seen = await look();
        if (!seen.busy) {
          othersMayGo = seen.othersMayGo;
          return seen.result;
        }
        if (patience.aborted) {
          othersMayGo = false;
          return undefined;
        }
        await this.pause(line);
      }
    } finally {
      if (othersMayGo) this.dissolve(key, line);
      line.length -= 1;
      if (line.length === 0 && this.lines.get(key) === line) this.lines.delete(key);
      leave();
    }
  }

  private lineOf(key: string): Line {
    const line = this.lines.get(key) ?? {
      length: 0,
      tail: Promise.resolve(),
      wake: undefined,
      over: Promise.withResolvers<void>(),
    };
    this.lines.set(key, line);
    return line;
  }

  /** Who comes later begins a new line. */
  private dissolve(key: string, line: Line): void {
    line.over.resolve();
    if (this.lines.get(key) === line) this.lines.delete(key);
  }

  private async pause(line: Line): Promise<void> {
    const woken = new Promise<void>((wake) => {
      line.wake = wake;
    });
    await Promise.race([woken, pause(LOOK_EVERY_MS)]);
  }
}
