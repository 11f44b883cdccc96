import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { eachDatabase } from '../../support/test-database.js';
import { ProcessingWorld } from '../processing/processing-world.js';

const MAIL = 'username1@example.test';

eachDatabase((database) => {
  let world: ProcessingWorld;

  beforeAll(async () => {
    world = await ProcessingWorld.start(database());
  });
  beforeEach(() => world.begin());
  afterAll(() => world?.stop());

  /** By how much the number of the next stranger’s call is higher, once everything has happened. */
  async function step(name: string, form: Record<string, string>): Promise<number> {
    const { number } = await world.requests.given('PASSWORD_RESET', name, { form });
    await world.requests.settle();
    const next = await world.requests.given('UNLOCK_ACCOUNT', 'nobody at all', { form });
    await world.requests.settle();
    return Number(next.number) - Number(number);
  }

  describe('what strangers see of numbers', () => {
    it.each(['false', 'true'])('attack 45: does not tell who exists, with a PIN: %s', async (requestPin) => {
      const steps: number[] = [];
      for (const name of ['username1', 'who', 'idle1', 'nomail1', 'john', 'username1', 'username1', 'username1'])
        steps.push(await step(name, { requestPin }));
      expect(new Set(steps).size).toBe(1);
    });
  });

  describe('what a stranger asks for', () => {
    it.each(['false', 'true'])(
      'attack 31: leaves alone what an administrator made for the person, with a PIN: %s',
      async (requestPin) => {
        const made = await world.path('PASSWORD_RESET');
        const link = await world.requests.linkTo(MAIL);
        await world.requests.given('PASSWORD_RESET', 'username1', { form: { requestPin } });
        await world.requests.settle();
        expect(await world.state(made)).toMatchObject({ state: 'sent' });
        expect(await world.word(link)).toBe('page');
      },
    );
  });

  describe('PINs of one person', () => {
    /** Guesses at the PIN of a new request, five times; whether the person was sent one. */
    async function guess(path: string, letters: number): Promise<boolean> {
      const sent = (await world.requests.letters(MAIL)).length > letters;
      const wrong = sent && (await world.requests.pinTo(MAIL)) === '123456' ? '654321' : '123456';
      const words = await Promise.all(Array.from({ length: 6 }, () => world.word(`${path}?pin=${wrong}`)));
      expect(words.filter((word) => word === 'NOT_VALID;WRONG_PIN')).toHaveLength(5);
      return sent;
    }

    it('attack 27: are not guessed at with request after request, which shows to no stranger', async () => {
      let sent = 0;
      for (let hour = 0; hour < 3; hour++) {
        for (let ask = 0; ask < 2; ask++) {
          const letters = (await world.requests.letters(MAIL)).length;
          const receipt = await world.receipt('PASSWORD_RESET', 'username1', { requestPin: 'true' });
          if (await guess(receipt, letters)) sent += 1;
        }
        world.app.clock.advance(3_601);
      }
      expect(sent).toBe(3);
      await world.requests.given('PASSWORD_RESET', 'username1');
      expect(await world.requests.linkTo(MAIL)).toMatch(/processRequest/);
      expect(await world.path('PASSWORD_RESET', 'username1', { form: { requestPin: 'true' } })).toMatch(
        /processRequest/,
      );
      world.app.clock.advance(86_400);
      const letters = (await world.requests.letters(MAIL)).length;
      await world.receipt('PASSWORD_RESET', 'username1', { requestPin: 'true' });
      expect(await world.requests.letters(MAIL)).toHaveLength(letters + 1);
    });

    it('attack 27: are not guessed at by administrators who hold mere receipts', async () => {
      await world.requests.house.set('receipt_codes_for_all', true);
      const pin = { form: { requestPin: 'true' } } as const;
      for (let ask = 0; ask < 3; ask++) {
        const letters = (await world.requests.letters(MAIL)).length;
        expect(await guess(await world.path('PASSWORD_RESET', 'username1', pin), letters)).toBe(true);
      }
      const refused = await world.requests.ask('UNLOCK_ACCOUNT', 'username1', { as: 'globalAdmin', ...pin });
      expect([refused.status, Number(refused.headers.get('retry-after')) > 0]).toEqual([503, true]);
      expect(await world.path('PASSWORD_RESET')).toMatch(/processRequest/);
    });
  });
});
