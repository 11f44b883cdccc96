import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ChallengeHousekeeping } from '../../../src/tokens/challenges/challenge-housekeeping.js';
import { Challenges, type NewChallenge } from '../../../src/tokens/challenges/challenges.js';
import type { TokenChallenge } from '../../../src/tokens/token-challenge.entity.js';
import { eachPool } from '../../support/each-pool.js';
import { type Services, startServices } from '../../support/services.js';

const JANE = randomUUID();
const JOHN = randomUUID();
const TOKEN = randomUUID();
const HOLDER = 'request 1';
const RIVALS = Array.from({ length: 50 }, (_, i) => i);

describe('challenges', () => {
  eachPool((database) => {
    let services: Services;
    let challenges: Challenges;

    beforeEach(async () => {
      services = await startServices(database());
      challenges = services.get(Challenges);
    });

    afterEach(async () => {
      await services.close();
      await database().clear();
    });

    const put = (fields: Partial<NewChallenge> = {}): Promise<TokenChallenge> =>
      challenges.create(services.database.manager, {
        purpose: 'fido-assertion',
        scope: 'holder',
        accountId: JANE,
        boundTo: HOLDER,
        code: 'abc',
        seconds: 60,
        ...fields,
      });

    const asked = { purpose: 'fido-assertion', accountId: JANE, boundTo: HOLDER } as const;
    const consume = (fields: Partial<Parameters<Challenges['consume']>[1]> = {}) =>
      challenges.consume(services.database.manager, { ...asked, ...fields });
    const open = (fields: Partial<Parameters<Challenges['open']>[1]> = {}) =>
      challenges.open(services.database.manager, { ...asked, ...fields });

    it('are answered by whom they were given to, for what they are for', async () => {
      const { id, number } = await put({ payload: { reads: 'back' } });
      expect(Number(number)).toBeGreaterThan(0);
      expect(await open()).toMatchObject({ id, code: 'abc', payload: { reads: 'back' } });
      expect(await consume()).toMatchObject({ id, consumedAt: services.clock.now() });
    });

    it('attack 39: are used up with their first answer', async () => {
      await put();
      expect(await consume()).toBeDefined();
      expect(await consume()).toBeUndefined();
      expect(await open()).toBeUndefined();
      expect(await challenges.count(asked)).toBeUndefined();
    });

    it('attack 39: are used up by one of fifty at once', async () => {
      await put();
      const won = await Promise.all(RIVALS.map(() => consume()));
      expect(won.filter(Boolean)).toHaveLength(1);
    });

    it('attack 38: may not be answered from their last moment on', async () => {
      await put();
      services.clock.advance(59.999);
      expect(await open()).toBeDefined();
      services.clock.advance(0.001);
      expect(await open()).toBeUndefined();
      expect(await challenges.count(asked)).toBeUndefined();
      expect(await consume()).toBeUndefined();
    });

    it.each([
      { purpose: 'fido-registration' },
      { accountId: JOHN },
      { boundTo: 'request 2' },
      { id: randomUUID() },
      { tokenId: randomUUID() },
    ] as const)('attack 10: are not found by %j', async (other) => {
      await put({ tokenId: TOKEN });
      expect(await consume(other)).toBeUndefined();
      expect(await challenges.count({ ...asked, ...other })).toBeUndefined();
      expect(await consume()).toBeDefined();
    });

    it('attack 26: are examined as often as their limit says, by fifty at once too', async () => {
      await put({ attemptLimit: 5 });
      const counted = await Promise.all(RIVALS.map(() => challenges.count(asked)));
      expect(counted.filter(Boolean)).toHaveLength(5);
    });

    it('take the place of the older one of the same holder, and of no other', async () => {
      const older = await put();
      const elsewhere = await put({ boundTo: 'request 2' });
      const newer = await put({ code: 'def' });
      expect(newer.number).not.toBe(older.number);
      expect(await consume({ id: older.id })).toBeUndefined();
      expect(await consume({ id: newer.id })).toMatchObject({ code: 'def', attempts: 0 });
      expect(await consume({ id: elsewhere.id, boundTo: 'request 2' })).toBeDefined();
    });

    it('forget the attempts at the older one', async () => {
      await put();
      await challenges.count(asked);
      await put();
      expect(await challenges.count(asked)).toMatchObject({ attempts: 1 });
    });

    it('take the place of the older one of the same token, whoever has it', async () => {
      const older = await put({ scope: 'token', tokenId: TOKEN });
      await put({ scope: 'token', tokenId: TOKEN, boundTo: 'request 2' });
      const other = await put({ scope: 'token', tokenId: randomUUID() });
      expect(await open({ id: older.id })).toBeUndefined();
      expect(await open({ id: other.id })).toBeDefined();
    });

    it('leave one open of an account when fifty are put at once', async () => {
      const made = await Promise.all(
        RIVALS.map((rival) => put({ scope: 'account', purpose: 'push', boundTo: `${rival}` })),
      );
      const left = await Promise.all(made.map(({ id, boundTo }) => consume({ id, boundTo, purpose: 'push' })));
      expect(left.filter(Boolean)).toHaveLength(1);
    });

    it('are withdrawn together', async () => {
      await put();
      await put({ purpose: 'push', scope: 'account' });
      await put({ accountId: JOHN });
      const { manager } = services.database;
      expect(await challenges.withdraw(manager, { accountId: JANE, purpose: 'push' })).toBe(1);
      expect(await challenges.withdraw(manager, { accountId: JANE })).toBe(1);
      expect(await consume()).toBeUndefined();
      expect(await consume({ accountId: JOHN })).toBeDefined();
    });

    it('are deleted a day after their time', async () => {
      await put();
      await put({ boundTo: 'request 2', seconds: 120 });
      const housekeeping = services.get(ChallengeHousekeeping);
      services.clock.advance(86_400 + 59);
      expect(await housekeeping.run()).toBe(0);
      services.clock.advance(1);
      expect(await housekeeping.run()).toBe(1);
    });
  });
});
