import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { advanceIfGreater, consumeIfUnused } from '../../../src/core/database/guarded-update.js';
import { ServerConfiguration } from '../../../src/core/domains/server-configuration.entity.js';
import { ThrottleCounter } from '../../../src/core/throttle/throttle-counter.entity.js';
import { eachPool } from '../../support/each-pool.js';

const AT = new Date('2026-08-03T09:00:00Z');
const RIVALS = Array.from({ length: 50 }, (_, i) => i);

describe('guarded updates', () => {
  eachPool((database) => {
    beforeEach(async () => {
      const { manager } = database().dataSource;
      await manager.insert(ThrottleCounter, [
        { key: 'a', count: 0, endsAt: AT },
        { key: 'b', count: 0, endsAt: AT },
      ]);
    });

    afterEach(() => database().clear());

    /** Consumes `a` for rival `by`, in a transaction of its own. */
    function consume(by: number): Promise<ThrottleCounter | undefined> {
      const guard = { where: 'key = :key AND count = 0', parameters: { key: 'a' } };
      return database().database.transaction((tx) => consumeIfUnused(tx, ThrottleCounter, guard, { count: by + 1 }));
    }

    function advance(to: number): Promise<ThrottleCounter | undefined> {
      const row = { where: 'key = :key', parameters: { key: 'a' } };
      return database().database.transaction((tx) =>
        advanceIfGreater(tx, ThrottleCounter, row, { property: 'count', value: to }),
      );
    }

    it('give the row as written back to who consumed it, and nothing to who comes later', async () => {
      expect(await consume(6)).toEqual(Object.assign(new ThrottleCounter(), { key: 'a', count: 7, endsAt: AT }));
      expect(await consume(7)).toBeUndefined();
      expect(await database().dataSource.manager.findOneBy(ThrottleCounter, { key: 'a' })).toMatchObject({ count: 7 });
    });

    it('attack 11: let exactly one of 50 parallel callers consume', async () => {
      const results = await Promise.all(RIVALS.map(consume));
      const winners = results.filter((row) => row !== undefined);
      expect(winners).toHaveLength(1);
      expect(await database().dataSource.manager.findOneBy(ThrottleCounter, { key: 'a' })).toEqual(winners[0]);
    });

    it('leave it unused when the transaction fails', async () => {
      const guard = { where: `key = 'a' AND count = 0`, parameters: {} };
      const failing = database().database.transaction(async (tx) => {
        await consumeIfUnused(tx, ThrottleCounter, guard, { count: 1 });
        throw new Error('later step');
      });
      await expect(failing).rejects.toThrow('later step');
      expect(await consume(1)).toBeDefined();
    });

    it('refuse a guard that matches more than one row, and write nothing', async () => {
      const guard = { where: 'count = 0', parameters: {} };
      const both = database().database.transaction((tx) => consumeIfUnused(tx, ThrottleCounter, guard, { count: 1 }));
      await expect(both).rejects.toThrow('more than one row');
      expect(await database().dataSource.manager.countBy(ThrottleCounter, { count: 0 })).toBe(2);
    });

    it('advance a counter and never turn it back', async () => {
      expect(await advance(5)).toMatchObject({ count: 5 });
      expect(await advance(5)).toBeUndefined();
      expect(await advance(4)).toBeUndefined();
      expect(await advance(6)).toMatchObject({ count: 6 });
      expect(await database().dataSource.manager.findOneBy(ThrottleCounter, { key: 'b' })).toMatchObject({ count: 0 });
    });

    it('attack 23: let exactly one of 50 parallel callers advance to the same value', async () => {
      const results = await Promise.all(RIVALS.map(() => advance(5)));
      expect(results.filter((row) => row !== undefined)).toHaveLength(1);
    });

    it('end at the greatest value however 50 parallel callers come', async () => {
      await Promise.all(RIVALS.map((value) => advance((value * 7) % 50)));
      expect(await database().dataSource.manager.findOneBy(ThrottleCounter, { key: 'a' })).toMatchObject({ count: 49 });
    });

    it('advance from nothing, by numbers beyond 2^53, and set further columns with it', async () => {
      const { manager } = database().dataSource;
      const row = { where: 'id = 1', parameters: {} };
      const beyond = { property: 'revision', value: '9007199254740993' } as const;
      const set = { publicUrl: 'https://id.example.test' };
      expect(await advanceIfGreater(manager, ServerConfiguration, row, beyond, set)).toMatchObject({
        revision: '9007199254740993',
        publicUrl: 'https://id.example.test',
      });
      const next = { property: 'revision', value: '9007199254740992' } as const;
      expect(await advanceIfGreater(manager, ServerConfiguration, row, next)).toBeUndefined();
    });
  });
});
