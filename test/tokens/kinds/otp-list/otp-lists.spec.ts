import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { plainSecret } from '../../../../src/core/crypto/secret-types.js';
import { Configuration } from '../../../../src/core/domains/configuration.js';
import { OtpListChallenges } from '../../../../src/tokens/kinds/otp-list/otp-list-challenges.js';
import { LIST_SIZES } from '../../../../src/tokens/kinds/otp-list/otp-list-codes.js';
import { type NewList, OtpListEnrolment } from '../../../../src/tokens/kinds/otp-list/otp-list-enrolment.js';
import { OtpLists } from '../../../../src/tokens/kinds/otp-list/otp-lists.js';
import { tokenRules } from '../../../../src/tokens/token-rules.js';
import { TokenStore } from '../../../../src/tokens/token-store.js';
import { Passcodes } from '../../../../src/tokens/verification/passcodes.js';
import { eachDatabase } from '../../../support/test-database.js';
import { RIVALS, tally, type TokenWorld, tokenWorld, word } from '../../../support/token-world.js';

const HOLDER = 'logon 1';

describe('lists of one-time passwords', () => {
  eachDatabase((database) => {
    let world: TokenWorld;
    let enrolment: OtpListEnrolment;
    let lists: OtpLists;
    let challenges: OtpListChallenges;

    beforeEach(async () => {
      world = await tokenWorld(database());
      enrolment = world.services.get(OtpListEnrolment);
      lists = world.services.get(OtpLists);
      challenges = world.services.get(OtpListChallenges);
    });
    afterEach(() => world.close());

    /** Gives Jane a list; its codes, the one with number 1 first. */
    async function register(list: NewList = { size: 25 }, holder = world.jane): Promise<string[]> {
      const held = await world.run((tx) => enrolment.register(tx, holder, list));
      return (await lists.entries(manager(), held)).map(({ code }) => code);
    }

    async function verify(typed: string | undefined, holder = world.jane): Promise<string> {
      const { account, domain } = holder.found;
      return word(
        await world.services.get(Passcodes).verify({
          accountId: account.id,
          authenticator: 'OTP',
          typed: plainSecret(typed ?? ''),
          rules: tokenRules(await world.services.get(Configuration).snapshot(), domain.id),
          context: holder.context,
        }),
      );
    }

    const manager = () => world.services.database.manager;
    const summary = (holder = world.jane) => lists.summary(manager(), holder.found);
    const answer = async (typed: string | undefined, boundTo = HOLDER, holder = world.jane) =>
      word(await challenges.answer({ ...holder, boundTo, typed: plainSecret(typed ?? '') }));
    const ask = (boundTo = HOLDER) => challenges.ask(world.jane.found, boundTo);

    it.each(LIST_SIZES)('hold %i numbered codes of eight digits, and are stored without one of them', async (size) => {
      const codes = await register({ size });
      expect(codes).toHaveLength(size);
      expect(codes.every((code) => /^\d{8}$/.test(code))).toBe(true);
      expect(await verify(codes[0])).toBe('ok');
      const stored = await world.everythingStored();
      expect(codes.filter((code) => stored.includes(code))).toEqual([]);
    });

    describe('in order', () => {
      it('attack 21: take the next code once', async () => {
        const codes = await register();
        expect(await verify(codes[0])).toBe('ok');
        expect(await verify(codes[0])).toBe('passcode-replayed');
        expect(await verify(codes[1])).toBe('ok');
        expect(await summary()).toMatchObject({ offset: 2, next: 3, left: 23, low: false });
      });

      it('attack 22: pass over those that were skipped, and take none far ahead', async () => {
        const codes = await register();
        expect(await verify(codes[3])).toBe('ok');
        expect(await verify(codes[2])).toBe('passcode-replayed');
        expect(await verify(codes[4 + 5])).toBe('passcode-wrong');
        expect(await verify(codes[4 + 4])).toBe('ok');
        expect(await summary()).toMatchObject({ offset: 9, next: 10, left: 16 });
      });

      it('attack 23: take one of fifty identical codes at once', async () => {
        await world.services.set('authenticator_max_failures', 100);
        const codes = await register();
        const outcomes = await Promise.all(RIVALS.map(() => verify(codes[0])));
        expect(tally(outcomes)['ok']).toBe(1);
        expect(await world.services.audit('authenticator.verified')).toHaveLength(1);
      });

      it('attack 24: take no code twice, whatever order fifty of them come in', async () => {
        await world.services.set('authenticator_max_failures', 100);
        const codes = await register();
        const tried = [...RIVALS.map((i) => codes[i % 5]), ...RIVALS.map((i) => codes[(i + 3) % 5])];
        const outcomes = await Promise.all(tried.map(async (code) => ({ code, outcome: await verify(code) })));
        const right = outcomes.filter(({ outcome }) => outcome === 'ok').map(({ code }) => code);
        expect(new Set(right).size).toBe(right.length);
        expect(right.length).toBeGreaterThan(0);
      });

      it('are used up after their last code', async () => {
        const codes = await register();
        for (const code of codes) expect(await verify(code)).toBe('ok');
        expect(await summary()).toMatchObject({ left: 0, next: undefined, low: true });
        expect(await verify(codes.at(-1))).toBe('passcode-replayed');
        await expect(ask()).rejects.toMatchObject({ code: 'no-usable-token' });
      });

      it('say from the threshold on that they are low', async () => {
        await world.services.set('otp_list_low_count', 23);
        const codes = await register();
        await verify(codes[0]);
        expect(await summary()).toMatchObject({ left: 24, low: false });
        await verify(codes[1]);
        expect(await summary()).toMatchObject({ left: 23, low: true });
      });
    });

    describe('by number', () => {
      let codes: string[];
      beforeEach(async () => {
        codes = await register({ size: 25, order: 'BY_NUMBER' });
      });

      it('take the code with the number that was asked, once', async () => {
        const { number } = await ask();
        const code = codes[number - 1];
        expect(await answer(code)).toBe('ok');
        expect(await answer(code)).toBe('challenge-not-valid');
        const next = await ask();
        expect(next.number).not.toBe(number);
        expect(await answer(code)).toBe('passcode-wrong');
        expect(await summary()).toMatchObject({ left: 24, next: next.number });
      });

      it('take no code that was not asked for', async () => {
        const { number } = await ask();
        expect(await answer(codes[number % codes.length])).toBe('passcode-wrong');
        expect(await verify(codes[number - 1])).toBe('passcode-wrong');
        expect(await answer(codes[number - 1])).toBe('ok');
      });

      it('ask every holder for the same number until it is used, in no order that can be foreseen', async () => {
        const numbers: number[] = [];
        for (let used = 0; used < 5; used++) {
          const { number } = await ask();
          expect((await ask()).number).toBe(number);
          expect((await ask('logon 2')).number).toBe(number);
          expect(await answer(codes[number - 1])).toBe('ok');
          numbers.push(number);
        }
        expect(numbers).not.toEqual(numbers.toSorted((a, b) => a - b));
      });

      it('attack 8: are answered by whom was asked only', async () => {
        const { number } = await ask();
        expect(await answer(codes[number - 1], 'logon 2')).toBe('challenge-not-valid');
        expect(await answer(codes[number - 1], HOLDER, world.john)).toBe('challenge-not-valid');
      });

      it('attack 38: are not answered after their time', async () => {
        const { number } = await ask();
        world.services.clock.advance(300);
        expect(await answer(codes[number - 1])).toBe('challenge-not-valid');
      });

      it('attack 23: take one of fifty identical answers at once', async () => {
        await world.services.set('authenticator_max_failures', 100);
        const holders = RIVALS.map((i) => `logon ${i}`);
        const asked = await Promise.all(holders.map((holder) => ask(holder)));
        const outcomes = await Promise.all(asked.map(({ number }, i) => answer(codes[number - 1], holders[i])));
        expect(tally(outcomes)['ok']).toBe(1);
      });

      it('attack 27: a new question buys no more guesses', async () => {
        for (let guess = 0; guess < 5; guess++) {
          await ask();
          expect(await answer('00000000')).toBe('passcode-wrong');
        }
        const { number } = await ask();
        expect(await answer(codes[number - 1])).toBe('authenticator-locked');
      });
    });

    describe('when they are enrolled', () => {
      it('are usable once their first code was typed, which is used up', async () => {
        const held = await world.run((tx) => enrolment.begin(tx, world.jane, { size: 25 }));
        const [first = '', second = ''] = (await lists.entries(manager(), held)).map(({ code }) => code);
        expect(await verify(first)).toBe('no-usable-token');
        await expect(enrolment.prove(world.jane, held.assignment.id, plainSecret(second))).rejects.toMatchObject({
          code: 'passcode-wrong',
        });
        const proved = await enrolment.prove(world.jane, held.assignment.id, plainSecret(first));
        const elsewhere = world.run((tx) => enrolment.finish(tx, world.jane, proved, { slot: 'Token1' }));
        await expect(elsewhere).rejects.toMatchObject({ code: 'challenge-not-valid' });
        await world.run((tx) => enrolment.finish(tx, world.jane, proved, { slot: 'OTPList' }));
        expect(await verify(first)).toBe('passcode-replayed');
        expect(await verify(second)).toBe('ok');
      });

      it('replace the list before', async () => {
        const [old] = await register();
        const [first] = await register({ size: 50, hash: 'SHA1' });
        expect(await verify(old)).toBe('passcode-wrong');
        expect(await verify(first)).toBe('ok');
      });
    });

    it('are shown again to who may see them, which is written down, and are removed', async () => {
      const codes = await register();
      await verify(codes[0]);
      const entries = await world.run((tx) => lists.fetch(tx, world.jane));
      expect(entries?.map(({ code }) => code)).toEqual(codes);
      expect(entries?.filter(({ used }) => used).map(({ number }) => number)).toEqual([1]);
      expect(await world.services.audit('otp-list.shown')).toHaveLength(1);
      expect(await world.run((tx) => lists.fetch(tx, world.john))).toBeUndefined();
      expect(await world.run((tx) => lists.remove(tx, world.jane))).toBe(true);
      expect(await world.run((tx) => lists.remove(tx, world.jane))).toBe(false);
      expect(await verify(codes[1])).toBe('no-usable-token');
      expect(await summary()).toBeUndefined();
    });

    it('attack 41: are not asked and not looked at while they are disabled', async () => {
      const codes = await register({ size: 25, order: 'BY_NUMBER' });
      const { number } = await ask();
      const { assignmentId = '' } = (await summary()) ?? {};
      await world.services.get(TokenStore).setAssignmentStatus(manager(), assignmentId, 'DISABLED');
      expect(await answer(codes[number - 1])).toBe('no-usable-token');
      await expect(ask()).rejects.toMatchObject({ code: 'no-usable-token' });
    });

    it('attack 44: take no odd input', async () => {
      await world.services.set('authenticator_max_failures', 100);
      const [first] = await register();
      for (const odd of ['', '1', '1'.repeat(1_000), '١٢٣٤٥٦٧٨', ` ${first}`, `${first} `, '99999999', '-1234567']) {
        expect(await verify(odd)).toBe('passcode-wrong');
      }
    });
  });
});
