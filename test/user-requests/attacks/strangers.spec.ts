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
});
