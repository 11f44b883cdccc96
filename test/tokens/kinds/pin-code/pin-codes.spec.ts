import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { plainSecret } from '../../../../src/core/crypto/secret-types.js';
import { Configuration } from '../../../../src/core/domains/configuration.js';
import { isPinCode } from '../../../../src/tokens/kinds/pin-code/pin-code.js';
import { PinCodes } from '../../../../src/tokens/kinds/pin-code/pin-codes.js';
import { tokenRules } from '../../../../src/tokens/token-rules.js';
import { TokenStore } from '../../../../src/tokens/token-store.js';
import { Passcodes } from '../../../../src/tokens/verification/passcodes.js';
import { eachDatabase } from '../../../support/test-database.js';
import { RIVALS, tally, type TokenWorld, tokenWorld, word } from '../../../support/token-world.js';

const PIN = plainSecret('Kestrel7');
const OTHER = plainSecret('osprey88');

describe('PIN codes', () => {
  eachDatabase((database) => {
    let world: TokenWorld;
    let pins: PinCodes;

    beforeEach(async () => {
      world = await tokenWorld(database());
      pins = world.services.get(PinCodes);
    });
    afterEach(() => world.close());

    const register = (pin = PIN, holder = world.jane) => world.run((tx) => pins.register(tx, holder, pin));
    const verify = async (typed: string, holder = world.jane) => word(await pins.verify(holder, plainSecret(typed)));

    it('are right as they were typed, again and again, upper and lower case apart', async () => {
      await register();
      expect(await verify(PIN)).toBe('ok');
      expect(await verify(PIN)).toBe('ok');
      expect(await verify('kestrel7')).toBe('passcode-wrong');
    });

    it('attack 44: cannot be of an odd form; nothing is stored then, and what is typed so is wrong', async () => {
      await world.services.set('authenticator_max_failures', 100);
      await register();
      for (const odd of ['', '123', 'a'.repeat(65), 'pin code', 'pïn1', '١٢٣٤', '12\u000034', '1234\n']) {
        await expect(register(plainSecret(odd))).rejects.toMatchObject({ code: 'value-out-of-range' });
        expect(await verify(odd)).toBe('passcode-wrong');
      }
      expect(await verify(PIN)).toBe('ok');
    });

    it('are generated so that they can be PIN codes', () => {
      const drawn = RIVALS.map(() => pins.generate());
      expect(drawn.every(isPinCode)).toBe(true);
      expect(new Set(drawn).size).toBe(drawn.length);
    });

    it('replace the one before in the same moment', async () => {
      await register();
      await register(OTHER);
      expect(await verify(PIN)).toBe('passcode-wrong');
      expect(await verify(OTHER)).toBe('ok');
      const held = await world.services
        .get(TokenStore)
        .ofAccount(world.services.database.manager, world.jane.found.account.id);
      expect(held.map(({ assignment }) => assignment.slot)).toEqual(['PINCode']);
      expect(await world.services.audit('authenticator.replaced')).toHaveLength(1);
    });

    it('are changed by who shows the one they have', async () => {
      await register();
      expect(word(await pins.change(world.jane, plainSecret('guess1'), OTHER))).toBe('passcode-wrong');
      expect(word(await pins.change(world.jane, PIN, OTHER))).toBe('ok');
      expect(await verify(OTHER)).toBe('ok');
      await expect(pins.change(world.jane, OTHER, plainSecret('x'))).rejects.toMatchObject({
        code: 'value-out-of-range',
      });
    });

    it('are changed once by fifty rivals with the same PIN', async () => {
      await world.services.set('authenticator_max_failures', 100);
      await register();
      const next = (i: number) => plainSecret(`next${String(i).padStart(2, '0')}`);
      const outcomes = await Promise.all(
        RIVALS.map((i) => pins.change(world.jane, PIN, next(i)).then(word, (error: { code: string }) => error.code)),
      );
      expect(outcomes.filter((outcome) => outcome === 'ok')).toHaveLength(1);
      expect(await verify(next(outcomes.indexOf('ok')))).toBe('ok');
    });

    it('attack 26: of 200 wrong ones at once five are looked at', async () => {
      await register();
      const outcomes = await Promise.all(Array.from({ length: 200 }, () => verify('wrong1')));
      expect(tally(outcomes)).toEqual({ 'passcode-wrong': 5, 'authenticator-locked': 195 });
      expect(await verify(PIN)).toBe('authenticator-locked');
    });

    it('attack 27: guesses at the PIN are counted apart from passcodes, and a right passcode does not forgive them', async () => {
      await register();
      await world.tokens.totp(world.jane.found.account);
      for (let failure = 0; failure < 4; failure++) await verify('wrong1');
      expect(await passcode(world.tokens.code())).toBe('ok');
      await verify('wrong1');
      expect(await verify(PIN)).toBe('authenticator-locked');
      expect(await passcode(world.tokens.code(1))).toBe('ok');
    });

    it('of one person are worth nothing for another', async () => {
      await register();
      expect(await verify(PIN, world.john)).toBe('no-usable-token');
      await register(OTHER, world.john);
      expect(await verify(PIN, world.john)).toBe('passcode-wrong');
    });

    it('are removed', async () => {
      await register();
      expect(await world.run((tx) => pins.remove(tx, world.jane))).toBe(true);
      expect(await world.run((tx) => pins.remove(tx, world.jane))).toBe(false);
      expect(await verify(PIN)).toBe('no-usable-token');
    });

    it('attack 42: are stored as digests only', async () => {
      await register();
      await verify(PIN);
      await verify('wrong1');
      const stored = await world.everythingStored();
      expect(stored).not.toContain(PIN);
      expect(stored).not.toContain('wrong1');
    });

    describe('in front of one-time passwords', () => {
      beforeEach(async () => {
        await world.services.set('require_otp_pin_prefix', true);
        await world.tokens.totp(world.jane.found.account);
      });

      it('are asked of who has one', async () => {
        expect(await passcode(world.tokens.code())).toBe('ok');
        await register();
        expect(await passcode(world.tokens.code(1))).toBe('passcode-wrong');
        expect(await passcode(`${OTHER}${world.tokens.code(1)}`)).toBe('passcode-wrong');
        expect(await passcode(`${PIN}${world.tokens.code(1)}`)).toBe('ok');
      });

      it('use nothing up when they are wrong', async () => {
        await register();
        expect(await passcode(`${OTHER}${world.tokens.code()}`)).toBe('passcode-wrong');
        expect(await passcode(`${PIN}${world.tokens.code()}`)).toBe('ok');
      });
    });

    async function passcode(typed: string): Promise<string> {
      const { account, domain } = world.jane.found;
      return word(
        await world.services.get(Passcodes).verify({
          accountId: account.id,
          authenticator: 'OTP',
          typed: plainSecret(typed),
          rules: tokenRules(await world.services.get(Configuration).snapshot(), domain.id),
          context: world.jane.context,
        }),
      );
    }
  });
});
