import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { eachDatabase } from '../../support/test-database.js';
import { DOMAIN, RequestsWorld } from '../requests-world.js';

eachDatabase((database) => {
  let world: RequestsWorld;

  beforeAll(async () => {
    world = await RequestsWorld.start(database());
  });
  beforeEach(() => world.begin());
  afterAll(() => world?.stop());

  /** The ways of writing to somebody, each of which sees the new address first. */
  const WAYS: Readonly<Record<string, () => Promise<unknown>>> = {
    'an administrator': () => world.given('UNLOCK_ACCOUNT', 'username1', { as: 'domainAdmin' }),
    'a stranger': () => world.given('UNLOCK_ACCOUNT', 'username1'),
    'a stranger, for a PIN': () => world.given('UNLOCK_ACCOUNT', 'username1', { form: { requestPin: 'true' } }),
    'the form of forgotten passwords': () => world.house.forgot({ key: 'username1', domain: DOMAIN }),
  };

  it.each(Object.keys(WAYS))('attack 12: what went to an address that is gone ends, asked by %s', async (way) => {
    const { number } = await world.given('PASSWORD_RESET', 'username1', { as: 'domainAdmin' });
    await world.settle();
    const { person } = await world.person('username1');
    await world.house.database.database.query('UPDATE builtin_people SET mail = $2 WHERE id = $1', [
      person.key,
      'moved@example.test',
    ]);
    await WAYS[way]?.();
    expect(await world.letters('moved@example.test')).toHaveLength(1);
    expect(await world.row(number)).toMatchObject({ state: 'cancelled', end_reason: 'address-changed' });
    expect((await world.person('username1')).contactChanged).toBe(false);
  });
});
