import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { plainSecret } from '../../../../src/core/crypto/secret-types.js';
import { EmergencyCodeCheck } from '../../../../src/tokens/kinds/emergency-code/emergency-code-check.js';
import {
  EMERGENCY_PLACES,
  EmergencyCodes,
  type NewEmergencyCode,
} from '../../../../src/tokens/kinds/emergency-code/emergency-codes.js';
import { PinCodes } from '../../../../src/tokens/kinds/pin-code/pin-codes.js';
import { TokenStore } from '../../../../src/tokens/token-store.js';
import { eachDatabase } from '../../../support/test-database.js';
import { RIVALS, tally, type TokenWorld, tokenWorld, word } from '../../../support/token-world.js';

const DAY = 86_400;

describe('emergency codes', () => {
  eachDatabase((database) => {
    let world: TokenWorld;
    let codes: EmergencyCodes;

    beforeEach(async () => {
      world = await tokenWorld(database());
      codes = world.services.get(EmergencyCodes);
    });
    afterEach(() => world.close());

    const issue = (wish: NewEmergencyCode = {}, holder = world.jane) =>
      world.run((tx) => codes.issue(tx, holder, wish));
    const list = () => codes.list(world.services.database.manager, world.jane.found.account.id);
    const check = (typed: string, holder = world.jane) =>
      world.services.get(EmergencyCodeCheck).verify(holder, plainSecret(typed));
    const verify = async (...attempt: Parameters<typeof check>) => word(await check(...attempt));

    it('are ten symbols, right once, for seven days', async () => {
      const { code, expires } = await issue();
      expect(code).toMatch(/^[0-9a-hjkmnp-z]{10}$/);
      expect(expires).toEqual(world.services.clock.in(7 * DAY));
      expect(await list()).toMatchObject([{ slot: 'EmergencyCode1', expires, usesLeft: 1 }]);
      expect(await verify(code)).toBe('ok');
      expect(await verify(code)).toBe('no-usable-token');
      expect(await list()).toEqual([]);
    });

    it('are read as people type them: in groups, in upper case, with letters for the digits that look like them', async () => {
      const { code } = await issue({ maxUses: 3 });
      const grouped = `${code.slice(0, 5)}-${code.slice(5)}`;
      expect(await verify(` ${grouped.toUpperCase()} `)).toBe('ok');
      expect(await verify(code.replaceAll('0', 'O').replaceAll('1', 'l'))).toBe('ok');
      expect(await verify(code.replaceAll('1', 'I'))).toBe('ok');
    });

    it('attack 23: are right for one of fifty at once', async () => {
      await world.services.set('authenticator_max_failures', 100);
      const { code } = await issue();
      const outcomes = await Promise.all(RIVALS.map(() => verify(code)));
      expect(tally(outcomes)['ok']).toBe(1);
      expect(await world.services.audit('authenticator.verified')).toHaveLength(1);
    });

    it('attack 23: are right as often as was allowed, for fifty at once', async () => {
      await world.services.set('authenticator_max_failures', 100);
      const { code } = await issue({ maxUses: 3 });
      const outcomes = await Promise.all(RIVALS.map(() => verify(code)));
      expect(tally(outcomes)['ok']).toBe(3);
    });

    it('attack 26: of 200 wrong ones at once five are looked at', async () => {
      const { code } = await issue();
      const outcomes = await Promise.all(Array.from({ length: 200 }, () => verify('0000000000')));
      expect(tally(outcomes)).toEqual({ 'passcode-wrong': 5, 'authenticator-locked': 195 });
      expect(await verify(code)).toBe('authenticator-locked');
    });

    it('attack 16: prove a second factor, and nothing that a password or an authenticator could be changed with', async () => {
      const { code } = await issue();
      const verdict = await check(code);
      expect(verdict).toEqual({
        ok: true,
        proof: { accountId: world.jane.found.account.id, authenticator: 'EMCODE', at: world.services.clock.now() },
      });
    });

    it('end with their time, chosen in seconds', async () => {
      const { code } = await issue({ seconds: 300 });
      world.services.clock.advance(299);
      const { code: other } = await issue({ seconds: 300 });
      expect(await verify(other)).toBe('ok');
      world.services.clock.advance(1);
      expect(await verify(code)).toBe('no-usable-token');
    });

    it('may be chosen by an administrator', async () => {
      expect((await issue({ code: plainSecret('Falcon 2026 Xyz') })).code).toBe('Falcon 2026 Xyz');
      expect(await verify('falcon2026xyz')).toBe('ok');
    });

    it.each<NewEmergencyCode>([
      { code: plainSecret('shrt1') },
      { code: plainSecret('a'.repeat(65)) },
      { code: plainSecret('ümlaut1234') },
      { seconds: 299 },
      { seconds: 90 * DAY + 1 },
      { seconds: 300.5 },
      { maxUses: 0 },
      { maxUses: 101 },
    ])('are refused when they are %j, and nothing is stored', async (wish) => {
      await expect(issue(wish)).rejects.toMatchObject({ code: 'value-out-of-range' });
      expect(await list()).toEqual([]);
    });

    it('are several at a time, each with its own end, and spent ones make room', async () => {
      const issued = [];
      for (let made = 0; made < EMERGENCY_PLACES; made++) issued.push(await issue());
      await expect(issue()).rejects.toMatchObject({ code: 'slot-taken' });
      for (const { code } of issued.slice(3, 5)) expect(await verify(code)).toBe('ok');
      const newer = await issue();
      expect(await list()).toHaveLength(EMERGENCY_PLACES - 1);
      for (const { code } of [...issued.slice(0, 3), ...issued.slice(5), newer]) expect(await verify(code)).toBe('ok');
    });

    it('fill each place once, for fifty at once', async () => {
      const outcomes = await Promise.all(
        RIVALS.map(() =>
          issue().then(
            () => 'ok',
            (error: { code: string }) => error.code,
          ),
        ),
      );
      expect(tally(outcomes)).toEqual({ ok: EMERGENCY_PLACES, 'slot-taken': RIVALS.length - EMERGENCY_PLACES });
    });

    it('attack 41: are not looked at when they are disabled, removed, or somebody else’s', async () => {
      const [one, other] = [await issue(), await issue()];
      expect(await verify(one.code, world.john)).toBe('no-usable-token');
      await world.services
        .get(TokenStore)
        .setAssignmentStatus(world.services.database.manager, one.assignmentId, 'DISABLED');
      expect(await verify(one.code)).toBe('passcode-wrong');
      expect(await world.run((tx) => codes.remove(tx, world.jane, other.assignmentId))).toBe(true);
      expect(await world.run((tx) => codes.remove(tx, world.jane, other.assignmentId))).toBe(false);
      expect(await verify(other.code)).toBe('no-usable-token');
      expect(await world.run((tx) => codes.removeAll(tx, world.jane))).toBe(true);
      expect(await list()).toEqual([]);
    });

    it('attack 65: are removed by their owner only', async () => {
      const { assignmentId } = await issue();
      expect(await world.run((tx) => codes.remove(tx, world.john, assignmentId))).toBe(false);
      expect(await list()).toHaveLength(1);
    });

    it('need no PIN in front, which who has lost everything may have forgotten', async () => {
      await world.services.set('require_otp_pin_prefix', true);
      await world.run((tx) => world.services.get(PinCodes).register(tx, world.jane, plainSecret('Kestrel7')));
      const { code } = await issue();
      expect(await verify(code)).toBe('ok');
    });

    it('attack 42: are stored as digests only', async () => {
      const { code } = await issue();
      await verify(code);
      expect(await world.everythingStored()).not.toContain(code);
    });

    it('attack 44: are of no odd form', async () => {
      await world.services.set('authenticator_max_failures', 100);
      await issue();
      for (const odd of [
        '',
        ' ',
        '-'.repeat(10),
        '1'.repeat(1_000),
        '１２３４５６７８９０',
        '\0'.repeat(10),
        '\ud800123456789',
      ]) {
        expect(await verify(odd)).toBe('passcode-wrong');
      }
    });
  });
});
