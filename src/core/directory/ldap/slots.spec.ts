import { describe, expect, it } from 'vitest';
import { Slots } from './slots.js';

describe('slots', () => {
  it('hold a bounded number at a time, in the order of arrival', async () => {
    const slots = new Slots(2, 10_000);
    let running = 0;
    let most = 0;
    const order: number[] = [];
    await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        slots.run(async () => {
          order.push(index);
          running += 1;
          most = Math.max(most, running);
          await new Promise((resolve) => setImmediate(resolve));
          running -= 1;
        }),
      ),
    );
    expect(most).toBe(2);
    expect(order).toEqual(order.toSorted((a, b) => a - b));
  });

  it('let nobody wait for ever, and lose no slot to who gave up', async () => {
    const slots = new Slots(1, 5);
    const { promise, resolve } = Promise.withResolvers<void>();
    const holding = slots.run(() => promise);
    await expect(slots.run(() => Promise.resolve())).rejects.toMatchObject({ code: 'directory-unavailable' });
    resolve();
    await holding;
    expect(await slots.run(() => Promise.resolve('free'))).toBe('free');
  });

  it('become free after a failure', async () => {
    const slots = new Slots(1, 5);
    await expect(slots.run(() => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
    expect(await slots.run(() => Promise.resolve('free'))).toBe('free');
  });
});
