import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { plainSecret } from '../../../../src/core/crypto/secret-types.js';
import { AppKeyCheck } from '../../../../src/tokens/kinds/app-keys/app-key-check.js';
import { APP_KEY_LENGTHS } from '../../../../src/tokens/kinds/app-keys/app-key.js';
import { AppKeys, type NewAppKey } from '../../../../src/tokens/kinds/app-keys/app-keys.js';
import { TokenStore } from '../../../../src/tokens/token-store.js';
import { eachDatabase } from '../../../support/test-database.js';
import { RIVALS, tally, type TokenWorld, tokenWorld, word } from '../../../support/token-world.js';

const DAY = 86_400;

describe('application passwords', () => {
  eachDatabase((database) => {
    let world: TokenWorld;
    let keys: AppKeys;

    beforeEach(async () => {
      world = await tokenWorld(database());
      keys = world.services.get(AppKeys);
    });
    afterEach(() => world.close());

    const issue = (wish: NewAppKey = {}, holder = world.jane) => world.run((tx) => keys.issue(tx, holder, wish));
    const list = () => keys.list(world.services.database.manager, world.jane.found.account.id);
    const verify = async (typed: string, holder = world.jane) =>
      word(await world.services.get(AppKeyCheck).verify(holder, plainSecret(typed)));
    const temporary = (password: string, minutes?: number) =>
      world.run((tx) => keys.registerTemporary(tx, world.jane, plainSecret(password), minutes));

    it.each(APP_KEY_LENGTHS)(
      'of %i characters are right again and again, and their last use is kept',
      async (length) => {
        const { password, expires } = await issue({ client: 'Mail on\tthe phone', length, days: 30 });
        expect(password).toMatch(new RegExp(`^[A-HJ-NP-Za-km-z2-9]{${length}}$`));
        expect(expires).toEqual(world.services.clock.in(30 * DAY));
        expect(await list()).toMatchObject([{ client: 'Mail on the phone', slot: 'AppKey1', lastUsedAt: null }]);
        expect(await verify(password)).toBe('ok');
        world.services.clock.advance(60);
        expect(await verify(`${password.slice(0, 5)} ${password.slice(5)}`)).toBe('ok');
        expect(await list()).toMatchObject([{ lastUsedAt: world.services.clock.now() }]);
      },
    );

    it('are many, and each one is right', async () => {
      const issued = [];
      for (let made = 0; made < 20; made++) issued.push(await issue({ client: `client ${made}` }));
      await expect(issue()).rejects.toMatchObject({ code: 'slot-taken' });
      for (const { password } of issued) expect(await verify(password)).toBe('ok');
    });

    it('end with their days, and make room', async () => {
      await world.services.set('app_key_slots', 1);
      const old = await issue({ days: 1 });
      world.services.clock.advance(DAY - 1);
      expect(await verify(old.password)).toBe('ok');
      await world.services.set('app_key_slots', 2);
      await issue({ days: 365 });
      world.services.clock.advance(1);
      expect(await verify(old.password)).toBe('passcode-wrong');
      await issue();
      expect(await list()).toHaveLength(2);
    });

    it.each<NewAppKey>([
      { length: 11 },
      { length: 0 },
      { days: 0 },
      { days: 366 },
      { days: 1.5 },
      { client: ' ' },
      { client: 'c'.repeat(101) },
    ])('are refused when they are %j', async (wish) => {
      await expect(issue(wish)).rejects.toMatchObject({ code: 'value-out-of-range' });
      expect(await list()).toEqual([]);
    });

    it('attack 26: of 200 wrong ones at once five are looked at', async () => {
      const { password } = await issue();
      const outcomes = await Promise.all(Array.from({ length: 200 }, () => verify('wrong password 1')));
      expect(tally(outcomes)).toEqual({ 'passcode-wrong': 5, 'authenticator-locked': 195 });
      expect(await verify(password)).toBe('authenticator-locked');
    });

    it('attack 31: a program with one that is over does not lock out the others', async () => {
      const [expired, removed, good] = [await issue({ days: 1 }), await issue(), await issue()];
      world.services.clock.advance(DAY);
      await world.run((tx) => keys.remove(tx, world.jane, removed.assignmentId));
      for (let tries = 0; tries < 6; tries++) {
        expect(await verify(expired.password)).toBe('passcode-wrong');
        expect(await verify(removed.password)).toBe('passcode-wrong');
      }
      expect(await verify(good.password)).toBe('ok');
    });

    it('attack 41: are not right when they are disabled, removed, or somebody else’s', async () => {
      await world.services.set('authenticator_max_failures', 100);
      const [one, other] = [await issue(), await issue()];
      await issue({}, world.john);
      expect(await verify(one.password, world.john)).toBe('passcode-wrong');
      await world.services
        .get(TokenStore)
        .setAssignmentStatus(world.services.database.manager, one.assignmentId, 'DISABLED');
      expect(await verify(one.password)).toBe('passcode-wrong');
      expect(await world.run((tx) => keys.remove(tx, world.john, other.assignmentId))).toBe(false);
      expect(await verify(other.password)).toBe('ok');
      expect(await world.run((tx) => keys.removeAll(tx, world.jane))).toBe(true);
      expect(await world.run((tx) => keys.removeAll(tx, world.jane))).toBe(false);
      expect(await verify(other.password)).toBe('no-usable-token');
    });

    it('for a while are what the caller has chosen, for a day at most', async () => {
      await temporary('korrekt pferd', 10);
      expect(await verify('korrekt pferd')).toBe('ok');
      world.services.clock.advance(600);
      expect(await verify('korrekt pferd')).toBe('no-usable-token');
      for (const odd of ['short', '         ', 'a'.repeat(31), '\ud800'.repeat(10)]) {
        await expect(temporary(odd)).rejects.toMatchObject({ code: 'value-out-of-range' });
      }
      for (const minutes of [0, 1_441, 1.5]) {
        await expect(temporary('korrekt pferd', minutes)).rejects.toMatchObject({ code: 'value-out-of-range' });
      }
    });

    it('fill each place once, for fifty at once', async () => {
      await world.services.set('app_key_slots', 5);
      const outcomes = await Promise.all(
        RIVALS.map(() =>
          issue().then(
            () => 'ok',
            (error: { code: string }) => error.code,
          ),
        ),
      );
      expect(tally(outcomes)).toEqual({ ok: 5, 'slot-taken': RIVALS.length - 5 });
    });

    it('attack 42: are stored as digests only, and listed without them', async () => {
      const { password } = await issue();
      await verify(password);
      expect(await world.everythingStored()).not.toContain(password);
      expect(JSON.stringify(await list())).not.toContain(password);
    });

    it('attack 44: are of no odd form', async () => {
      await world.services.set('authenticator_max_failures', 100);
      await issue();
      for (const odd of ['', ' '.repeat(20), '1'.repeat(1_000), '\0'.repeat(10), '\ud800'.repeat(20)]) {
        expect(await verify(odd)).toBe('passcode-wrong');
      }
    });
  });
});
