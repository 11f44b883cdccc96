import { Logger } from '@nestjs/common';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { RecurringJob, untilEmpty } from './recurring-job.js';

describe('a recurring job', () => {
  beforeEach(() => {
    vi.spyOn(Logger.prototype, 'error').mockReturnValue();
  });

  afterEach(() => {
    vi.restoreAllMocks();
  });

  it('does its work at each tick, but not while a run is under way', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    let runs = 0;
    const job = new RecurringJob('counting', () => {
      runs += 1;
      return promise;
    });
    const first = job.tick();
    await job.tick();
    expect(runs).toBe(1);
    resolve();
    await first;
    await job.tick();
    expect(runs).toBe(2);
  });

  it('survives its own failures', async () => {
    let runs = 0;
    const job = new RecurringJob('failing', () => {
      runs += 1;
      return Promise.reject(new Error('no'));
    });
    await job.tick();
    await job.tick();
    expect(runs).toBe(2);
  });
});

describe('working through batches', () => {
  it('ends at the first empty one and tells how much there was', async () => {
    const batches = [500, 500, 1, 0, 7];
    expect(await untilEmpty(() => Promise.resolve(batches.shift() ?? 0))).toBe(1_001);
    expect(batches).toEqual([7]);
  });
});
