import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Throttle } from '../../../src/core/throttle/throttle.js';
import type { CountedEvent, ThrottleRule } from '../../../src/core/throttle/throttle-rule.js';
import { ThrottleHousekeeping } from '../../../src/core/throttle/throttle-housekeeping.js';
import { secondProcess } from '../../support/second-process.js';
import { TestClock } from '../../support/test-clock.js';
import { describeOnPostgres, eachDatabase } from '../../support/test-database.js';

const RULE: ThrottleRule = { name: 'guesses', limit: 5, window: 60 };

describe.each([1, 20])('the throttle with a pool of %i', (poolSize) => {
  eachDatabase(
    (database) => {
      let clock: TestClock;
      let throttle: Throttle;

      beforeEach(() => {
        clock = new TestClock();
        throttle = new Throttle(database().database, clock);
      });

      afterEach(() => database().clear());

      async function hits(count: number, subject = 'jane'): Promise<boolean[]> {
        const verdicts = await Promise.all(Array.from({ length: count }, () => throttle.hit(RULE, subject)));
        return verdicts.map(({ allowed }) => allowed);
      }

      it('allows as many events as the rule says, counted in numbers (attack 29)', async () => {
        const rule = { ...RULE, limit: 100 };
        for (let count = 1; count <= 99; count++) await throttle.hit(rule, 'jane');
        expect(await throttle.hit(rule, 'jane')).toMatchObject({ allowed: true, count: 100 });
        expect(await throttle.hit(rule, 'jane')).toMatchObject({ allowed: false, count: 100 });
      });

      it('writes nothing for an event that comes when the limit is reached', async () => {
        await hits(5);
        const version = () =>
          database().database.query('SELECT xmin, xmax, ctid, count FROM throttle_counters WHERE count > 0');
        const before = await version();
        expect(await hits(50)).toEqual(Array.from({ length: 50 }, () => false));
        expect(await version()).toEqual(before);
        expect(before).toMatchObject([{ count: 5 }]);
      });

      it('tells each of the forgetful events of one moment its own place, and begins anew after the window', async () => {
        const rule = { ...RULE, limit: 3, forgetful: true };
        const hitAll = (): Promise<CountedEvent[]> =>
          Promise.all(['jane', 'jane', 'john', 'jane', 'jane', 'jane'].map((subject) => throttle.hit(rule, subject)));
        const begun = await hitAll();
        expect(begun.map(({ count }) => count)).toEqual([1, 2, 1, 3, 4, 5]);
        expect(begun.map(({ allowed }) => allowed)).toEqual([true, true, true, true, false, false]);
        expect((await hitAll()).map(({ allowed, counted }) => [allowed, counted])).toEqual(
          [false, false, true, false, false, false].map((allowed) => [allowed, allowed]),
        );
        clock.advance(60);
        expect((await hitAll()).map(({ count }) => count)).toEqual([1, 2, 1, 3, 4, 5]);
      });

      it('takes nothing back for an event that was refused without being counted', async () => {
        await hits(5);
        const refused = await throttle.hit(RULE, 'jane');
        expect(refused.counted).toBe(false);
        await throttle.refund(RULE, 'jane', refused);
        expect((await throttle.peek(RULE, 'jane')).count).toBe(5);
      });

      it('refuses with the seconds to wait, where no more than the rule is to go on', async () => {
        for (let i = 0; i < 5; i++) expect((await throttle.require(RULE, 'jane')).allowed).toBe(true);
        clock.advance(20);
        await expect(throttle.require(RULE, 'jane')).rejects.toMatchObject({
          code: 'too-many-attempts',
          params: { retryAfter: 40 },
        });
      });

      it('attack 26: allows exactly as many of parallel events', async () => {
        const allowed = await hits(200);
        expect(allowed.filter(Boolean)).toHaveLength(5);
      });

      it('keeps subjects and rules apart', async () => {
        await hits(6);
        expect((await throttle.hit(RULE, 'john')).allowed).toBe(true);
        expect((await throttle.hit({ ...RULE, name: 'sends' }, 'jane')).allowed).toBe(true);
      });

      it('starts anew when the window is over, which begins with its first event', async () => {
        await throttle.hit(RULE, 'jane');
        clock.advance(59.5);
        await hits(5);
        expect(await throttle.hit(RULE, 'jane')).toMatchObject({ allowed: false, retryAfter: 1 });
        clock.advance(0.5);
        expect(await throttle.hit(RULE, 'jane')).toMatchObject({ allowed: true, count: 1, retryAfter: 60 });
      });

      it('says when to come back', async () => {
        await hits(5);
        clock.advance(20.2);
        expect(await throttle.hit(RULE, 'jane')).toMatchObject({ allowed: false, retryAfter: 40 });
      });

      it('looks without counting', async () => {
        expect(await throttle.peek(RULE, 'jane')).toMatchObject({ allowed: true, count: 0 });
        await hits(4);
        expect(await throttle.peek(RULE, 'jane')).toMatchObject({ allowed: true, count: 4 });
        await hits(1);
        expect(await throttle.peek(RULE, 'jane')).toMatchObject({ allowed: false, count: 5 });
        clock.advance(60);
        expect(await throttle.peek(RULE, 'jane')).toMatchObject({ allowed: true, count: 0 });
      });

      it('takes an event back', async () => {
        const counted = await throttle.hit(RULE, 'jane');
        await throttle.refund(RULE, 'jane', counted);
        expect((await throttle.peek(RULE, 'jane')).count).toBe(0);
        await throttle.refund(RULE, 'jane', counted);
        expect((await throttle.peek(RULE, 'jane')).count).toBe(0);
      });

      it('gives an event of an earlier window back to nobody', async () => {
        const counted = await throttle.hit(RULE, 'jane');
        clock.advance(60);
        await hits(3);
        await throttle.refund(RULE, 'jane', counted);
        expect((await throttle.peek(RULE, 'jane')).count).toBe(3);
      });

      it('attack 26: loses no event when some are taken back meanwhile', async () => {
        const rule = { ...RULE, limit: 60 };
        await Promise.all(
          Array.from({ length: 60 }, async (_, i) => {
            const counted = await throttle.hit(rule, 'jane');
            if (i % 3 === 0) await throttle.refund(rule, 'jane', counted);
          }),
        );
        expect((await throttle.peek(rule, 'jane')).count).toBe(40);
      });

      it.each([
        ['a NUL', 'ja\0ne'],
        ['a lone surrogate', 'ja\ud800ne'],
        ['a hundred thousand characters', 'j'.repeat(100_000)],
        ['nothing', ''],
      ])('counts a subject of %s', async (_, subject) => {
        expect((await hits(6, subject)).filter(Boolean)).toHaveLength(5);
      });

      it('forgets windows that are over, a batch at a time', async () => {
        for (const subject of ['a', 'b', 'c', 'd', 'e']) await throttle.hit(RULE, subject);
        clock.advance(30);
        await throttle.hit(RULE, 'f');
        expect(await throttle.purge(10)).toBe(0);
        clock.advance(30);
        expect([await throttle.purge(2), await throttle.purge(2), await throttle.purge(2)]).toEqual([2, 2, 1]);
        expect(await throttle.peek(RULE, 'f')).toMatchObject({ count: 1 });
      });

      it('keeps house: what is over goes, what counts stays', async () => {
        const housekeeping = new ThrottleHousekeeping(throttle);
        await throttle.hit(RULE, 'over');
        clock.advance(60);
        await throttle.hit(RULE, 'running');
        expect(await housekeeping.run()).toBe(1);
        expect(await throttle.peek(RULE, 'running')).toMatchObject({ count: 1 });
      });
    },
    { poolSize },
  );
});

describeOnPostgres('the throttle of several processes', (database) => {
  it('attack 26: is one', async () => {
    const clock = new TestClock();
    const second = await secondProcess(database());
    const one = new Throttle(database().database, clock);
    const other = new Throttle(second.database, clock);
    const verdicts = await Promise.all(
      Array.from({ length: 40 }, (_, i) => (i % 2 === 0 ? one : other).hit(RULE, 'jane')),
    );
    await second.stop();
    expect(verdicts.filter(({ allowed }) => allowed)).toHaveLength(5);
  });
});
