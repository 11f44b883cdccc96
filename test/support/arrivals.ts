/** What has arrived at a test server, in order. Waiting ends with the arrival, so no test polls or sleeps. */
export class Arrivals<T> {
  private readonly items: T[] = [];
  private readonly waiting = new Set<() => void>();

  add(item: T): void {
    this.items.push(item);
    for (const check of this.waiting) check();
  }

  get all(): readonly T[] {
    return this.items;
  }

  get last(): T | undefined {
    return this.items.at(-1);
  }

  clear(): void {
    this.items.length = 0;
  }

  /**
   * Waits until `count` have arrived, and returns the last of them.
   *
   * @throws Error after `deadline` milliseconds, so that a test fails with what is missing instead of timing out
   */
  async untilCount(count: number, deadline = 15_000): Promise<T> {
    return this.until(() => this.items[count - 1], `${count} arrivals`, deadline);
  }

  /** Waits for one that `matches`; those that have arrived already count. */
  async untilOne(matches: (item: T) => boolean, deadline = 15_000): Promise<T> {
    return this.until(() => this.items.find(matches), 'a matching arrival', deadline);
  }

  private async until(find: () => T | undefined, what: string, deadline: number): Promise<T> {
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    const check = (): void => {
      const item = find();
      if (item !== undefined) resolve(item);
    };
    const timer = setTimeout(
      () => reject(new Error(`waited ${deadline} ms for ${what}, ${this.items.length} have come`)),
      deadline,
    );
    this.waiting.add(check);
    check();
    try {
      return await promise;
    } finally {
      clearTimeout(timer);
      this.waiting.delete(check);
    }
  }
}
