import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { describeOnPostgres } from '../../support/test-database.js';
import { RECEIPT, RequestsWorld } from '../requests-world.js';

const RIVALS = Array.from({ length: 24 }, (_, i) => i);
const MAIL = 'username1@example.test';

describeOnPostgres('many at once', (database) => {
  let world: RequestsWorld;

  beforeAll(async () => {
    world = await RequestsWorld.start(database());
  });
  beforeEach(() => world.begin());
  afterAll(() => world?.stop());

  const alive = async () =>
    (await world.rows()).filter((row) => row['account_id'] !== null && row['ended_at'] === null);

  it('attack 12: of an administrator’s requests the newest is alive, and only that', async () => {
    const answers = await Promise.all(
      RIVALS.map(() => world.given('PASSWORD_RESET', 'username1', { as: 'domainAdmin' })),
    );
    const [survivor, ...others] = await alive();
    expect(others).toEqual([]);
    expect(String(survivor?.['number'])).toBe(String(Math.max(...answers.map(({ number }) => Number(number)))));
  });

  it.each(['true', 'false'])(
    'attack 12: of strangers’ requests one is alive at most, with a PIN: %s',
    async (requestPin) => {
      const answers = await Promise.all(
        RIVALS.map(() => world.ask('PASSWORD_RESET', 'username1', { form: { requestPin } })),
      );
      expect(answers.every(({ text }) => RECEIPT.test(text))).toBe(true);
      await world.settle();
      expect(await alive()).toHaveLength(1);
      expect((await world.letters(MAIL)).length).toBeLessThanOrEqual(3);
      const ended = (await world.rows()).filter((row) => row['receipt_digest'] !== null && row['ended_at'] !== null);
      expect(ended).toEqual([]);
    },
  );

  it('attack 68: everybody’s answer is their own', async () => {
    const people = ['username1', 'helper1', 'second1', 'nomail1'];
    const asked = await Promise.all(
      RIVALS.map(async (rival) => {
        const person = people[rival % people.length] ?? '';
        return { person, ...(await world.given('PASSWORD_SET', person, { as: 'globalAdmin' })) };
      }),
    );
    expect(new Set(asked.map(({ number }) => number)).size).toBe(RIVALS.length);
    expect(new Set(asked.map(({ code }) => code)).size).toBe(RIVALS.length);
    const rows = await world.rows();
    for (const { person, number } of asked) {
      expect(rows.find((row) => String(row['number']) === number)?.['account_login']).toBe(person);
    }
  });

  it('attack 32: of one address one asks', async () => {
    const from = '203.0.113.5';
    const answers = await Promise.all(RIVALS.map(() => world.ask('PASSWORD_RESET', 'username1', { from })));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 503)).toHaveLength(RIVALS.length - 1);
  });
});
