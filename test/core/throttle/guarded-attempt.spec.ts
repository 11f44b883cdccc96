import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { KeyRing } from '../../../src/core/crypto/key-ring.js';
import { SystemRandomSource } from '../../../src/core/crypto/random-source.js';
import { DomainError } from '../../../src/core/errors/domain-error.js';
import { AttemptCounters } from '../../../src/core/throttle/attempt-counters.js';
import type { Allowances } from '../../../src/core/throttle/attempt-settings.js';
import { type AttemptTerms, type GuardedAttempt, GuardedAttempts } from '../../../src/core/throttle/guarded-attempt.js';
import { eachPool } from '../../support/each-pool.js';
import { secondProcess } from '../../support/second-process.js';
import { TestClock } from '../../support/test-clock.js';
import { describeOnPostgres, type TestDatabase } from '../../support/test-database.js';
import { testMasterKeys } from '../../support/test-keys.js';

const ALLOWANCES: Allowances = { unfamiliar: { limit: 3, window: 1_800 }, familiar: { limit: 10, window: 1_800 } };
const DAY = 86_400;
const HOME = '192.0.2.1';

function guardOf(database: TestDatabase['database'], clock: TestClock): GuardedAttempts {
  return new GuardedAttempts(
    new AttemptCounters(database, clock),
    new KeyRing(testMasterKeys(), new SystemRandomSource()),
  );
}

function attemptFrom(clientAddress: string, fields: Partial<GuardedAttempt> = {}): GuardedAttempt {
  return {
    secret: 'password',
    person: 'corp jane',
    name: 'jane',
    allowances: ALLOWANCES,
    perAddress: { name: 'logins', limit: 5, window: 180 },
    clientAddress,
    ...fields,
  };
}

/** The address of one of many strangers. */
const stranger = (index: number): string => `198.18.${index >> 8}.${index & 255}`;

const WRONG = () => Promise.resolve({ right: false, value: undefined });

describe('a guarded attempt', () => {
  eachPool((database) => {
    let clock: TestClock;
    let guard: GuardedAttempts;

    beforeEach(() => {
      clock = new TestClock();
      guard = guardOf(database().database, clock);
    });

    afterEach(() => database().clear());

    /** Makes an attempt that would be right or wrong, and tells its terms, or the code of the refusal. */
    async function make(right: boolean, address: string, fields?: Partial<GuardedAttempt>): Promise<unknown> {
      try {
        return await guard.run(attemptFrom(address, fields), (terms) => Promise.resolve({ right, value: terms }));
      } catch (error) {
        return DomainError.is(error) ? error.code : error;
      }
    }
    const right = (address: string, fields?: Partial<GuardedAttempt>) => make(true, address, fields);
    const wrong = (address: string, fields?: Partial<GuardedAttempt>) => make(false, address, fields);
    const examinedOf = (terms: readonly unknown[]): number =>
      terms.filter((term) => typeof term === 'object' && (term as AttemptTerms).examine).length;
    const counters = () =>
      database().database.query('SELECT key, count, xmin, ctid FROM throttle_counters ORDER BY key');

    const NEW = { examine: true, familiar: false };
    const KNOWN = { examine: true, familiar: true };
    const UNEXAMINED = { examine: false, familiar: false };

    it('attack 31: leaves all strangers together three wrong ones, and a familiar address its own', async () => {
      expect(await right(HOME)).toEqual(NEW);
      const terms = [];
      for (let i = 0; i < 100; i++) terms.push(await wrong(stranger(i)));
      expect(examinedOf(terms)).toBe(3);
      expect(await right(stranger(200))).toEqual(UNEXAMINED);
      expect(await right(HOME)).toEqual(KNOWN);
      for (let i = 0; i < 4; i++) expect(await wrong(HOME)).toEqual(KNOWN);
      expect(await right(HOME)).toEqual(KNOWN);
    });

    it('attack 31: is looked at from a new address when the window is over', async () => {
      for (let i = 0; i < 5; i++) await wrong(stranger(i));
      clock.advance(1_799);
      expect(await right(HOME)).toEqual(UNEXAMINED);
      clock.advance(1);
      expect(await right(HOME)).toEqual(NEW);
      expect(await right(HOME)).toEqual(KNOWN);
    });

    it('attack 31: makes no address familiar that was right without being looked at', async () => {
      for (let i = 0; i < 3; i++) await wrong(stranger(i));
      expect(await right(HOME)).toEqual(UNEXAMINED);
      clock.advance(1_800);
      expect(await right(HOME)).toEqual(NEW);
    });

    it('remembers an address for 30 days from when it was last right, to the day', async () => {
      await right(HOME);
      clock.advance(29 * DAY);
      expect(await right(HOME)).toEqual(KNOWN);
      clock.advance(30 * DAY - 1);
      expect(await right(HOME)).toEqual(KNOWN);
      clock.advance(30 * DAY);
      expect(await right(HOME)).toEqual(NEW);
    });

    it('keeps addresses familiar for one person and one secret only', async () => {
      await right(HOME);
      expect(await right(HOME, { person: 'corp john' })).toEqual(NEW);
      expect(await right(HOME, { secret: 'pin' })).toEqual(NEW);
    });

    it('attack 27, 28: counts together whatever name the person was given, and whoever else was right meanwhile', async () => {
      const insider = '192.0.2.66';
      const terms = [];
      for (const [i, name] of ['jane', 'JANE', 'jane@example.test', ' jane'].entries()) {
        expect(await right(insider, { person: 'corp john', name: 'john' })).toMatchObject({ examine: true });
        terms.push(await wrong(stranger(i), { name }));
      }
      expect(examinedOf(terms)).toBe(3);
    });

    it('attack 45: counts at nobody as at somebody, by the name as names are compared', async () => {
      const terms = [];
      for (const [i, name] of ['nemo', 'NEMO', ' ｎｅｍｏ', 'nemo', 'other'].entries()) {
        terms.push(await wrong(stranger(i), { person: undefined, name }));
      }
      expect(terms).toEqual([NEW, NEW, NEW, UNEXAMINED, NEW]);
    });

    it('attack 42: keeps nothing of a name that nobody has', async () => {
      await wrong(HOME, { person: undefined, name: 'canary-7f3' });
      await right(HOME, { person: undefined, name: 'canary-7f3' });
      expect(JSON.stringify(await counters())).not.toContain('canary');
    });

    it('attack 45: makes no address familiar to nobody', async () => {
      await right(HOME, { person: undefined });
      expect(await right(HOME, { person: undefined })).toEqual(NEW);
      expect(await counters()).toHaveLength(2);
    });

    it('attack 30: is refused after five failures of its address, whoever they were for', async () => {
      for (let i = 0; i < 5; i++) expect(await wrong(HOME, { person: `corp p${i}` })).toEqual(NEW);
      clock.advance(20);
      await expect(guard.run(attemptFrom(HOME), WRONG)).rejects.toMatchObject({
        code: 'too-many-attempts',
        params: { retryAfter: 160 },
      });
      await expect(guard.requireRoom(attemptFrom(HOME).perAddress, HOME)).rejects.toMatchObject({
        code: 'too-many-attempts',
        params: { retryAfter: 160 },
      });
      clock.advance(160);
      await guard.requireRoom(attemptFrom(HOME).perAddress, HOME);
      expect(await right(HOME)).toEqual(NEW);
    });

    it('attack 30: counts for its address also when the person is not looked at any more', async () => {
      for (let i = 0; i < 3; i++) await wrong(stranger(i));
      for (let i = 0; i < 5; i++) expect(await wrong(HOME)).toEqual(UNEXAMINED);
      expect(await wrong(HOME)).toBe('too-many-attempts');
    });

    it('attack 32: has one allowance for all addresses of a /64, and is familiar in all of it', async () => {
      for (let i = 0; i < 5; i++) await wrong(`2001:db8:1:2::${i}`, { person: `corp p${i}` });
      expect(await wrong('2001:db8:1:2:ffff::1')).toBe('too-many-attempts');
      expect(await right('2001:db8:1:3::1')).toEqual(NEW);
      expect(await right('2001:0db8:0001:0003:aaaa::9')).toEqual(KNOWN);
    });

    it('attack 29: counts in numbers', async () => {
      const allowances = { ...ALLOWANCES, unfamiliar: { limit: 100, window: 1_800 } };
      for (let i = 0; i < 100; i++) expect(await wrong(stranger(i), { allowances })).toEqual(NEW);
      expect(await wrong(stranger(100), { allowances })).toEqual(UNEXAMINED);
    });

    it('writes nothing for an address that is refused', async () => {
      for (let i = 0; i < 5; i++) await wrong(HOME);
      const before = await counters();
      for (let i = 0; i < 20; i++) {
        await expect(guard.run(attemptFrom(HOME), WRONG)).rejects.toMatchObject({ code: 'too-many-attempts' });
        await expect(guard.requireRoom(attemptFrom(HOME).perAddress, HOME)).rejects.toBeInstanceOf(DomainError);
      }
      expect(await counters()).toEqual(before);
    });

    it('is given back when nothing was learnt, and stays counted after any other fault', async () => {
      const failing = async (fault: Error) => {
        const look = () => {
          throw fault;
        };
        await expect(guard.run(attemptFrom(HOME), look)).rejects.toBe(fault);
      };
      for (let i = 0; i < 10; i++) await failing(new DomainError('directory-unavailable'));
      expect((await counters()).map((row) => (row as { count: number }).count)).toEqual([0, 0]);
      await failing(new Error('of our own'));
      expect((await counters()).map((row) => (row as { count: number }).count)).toEqual([1, 1]);
    });

    it('attack 26: is looked at five times of 200 at once from one address', async () => {
      let looked = 0;
      const results = await Promise.allSettled(
        Array.from({ length: 200 }, (_, i) =>
          guard.run(attemptFrom(HOME, { person: `corp p${i}` }), () => {
            looked += 1;
            return WRONG();
          }),
        ),
      );
      expect(looked).toBe(5);
      expect(results.filter(({ status }) => status === 'rejected')).toHaveLength(195);
    });

    it('attack 26: is looked at three times of 200 at once from as many addresses', async () => {
      const terms = await Promise.all(Array.from({ length: 200 }, (_, i) => wrong(stranger(i))));
      expect(examinedOf(terms)).toBe(3);
      expect(terms.filter((term) => typeof term === 'object')).toHaveLength(200);
    });

    it('lets any number in that are right at once, no more than five of an address at a time', async () => {
      let underWay = 0;
      let most = 0;
      const terms = await Promise.all(
        Array.from({ length: 60 }, (_, i) =>
          guard.run(attemptFrom(HOME, { person: `corp p${i}` }), async (value) => {
            underWay += 1;
            most = Math.max(most, underWay);
            await database().database.query('SELECT 1');
            underWay -= 1;
            return { right: true, value };
          }),
        ),
      );
      expect(examinedOf(terms)).toBe(60);
      expect(most).toBeLessThanOrEqual(5);
      expect(await right(HOME)).toEqual(NEW);
    });

    it('attack 26: gives the wrong ones among many right ones no better chance', async () => {
      let looked = 0;
      await Promise.allSettled(
        Array.from({ length: 120 }, (_, i) =>
          guard.run(attemptFrom(HOME, { person: `corp p${i}` }), () => {
            if (i % 4 !== 0) looked += 1;
            return Promise.resolve({ right: i % 4 === 0, value: undefined });
          }),
        ),
      );
      expect(looked).toBe(5);
    });

    it('counts as a failure for its window when the process died under it', async () => {
      const mark = { key: 'password known:corp jane x', window: DAY };
      const lost = new AttemptCounters(database().database, clock);
      const { perAddress: rule } = attemptFrom(HOME);
      for (let i = 0; i < 5; i++) await lost.reserve([{ rule, subject: HOME }], mark);
      const refused = await lost.reserve([{ rule, subject: HOME }], mark);
      expect(refused).toMatchObject({ places: [], full: [{ mayFree: true }] });
      clock.advance(180);
      expect(await right(HOME)).toEqual(NEW);
    });
  });
});

describeOnPostgres('guarded attempts of two processes', (database) => {
  afterEach(() => database().clear());

  async function inTwo(work: (guards: readonly [GuardedAttempts, GuardedAttempts]) => Promise<void>): Promise<void> {
    const clock = new TestClock();
    const second = await secondProcess(database());
    try {
      await work([guardOf(database().database, clock), guardOf(second.database, clock)]);
    } finally {
      await second.stop();
    }
  }

  it('attack 26: are looked at five times together', () =>
    inTwo(async (guards) => {
      let looked = 0;
      await Promise.allSettled(
        Array.from({ length: 200 }, (_, i) =>
          guards[i % 2 === 0 ? 0 : 1].run(attemptFrom(HOME, { person: `corp p${i}` }), () => {
            looked += 1;
            return WRONG();
          }),
        ),
      );
      expect(looked).toBe(5);
    }));

  it('wait for one another when they are right', () =>
    inTwo(async (guards) => {
      const terms = await Promise.all(
        Array.from({ length: 60 }, (_, i) =>
          guards[i % 2 === 0 ? 0 : 1].run(attemptFrom(HOME, { person: `corp p${i}` }), (value) =>
            Promise.resolve({ right: true, value }),
          ),
        ),
      );
      expect(terms.every(({ examine }) => examine)).toBe(true);
    }));
});
