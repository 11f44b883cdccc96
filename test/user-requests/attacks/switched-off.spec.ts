import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { eachDatabase } from '../../support/test-database.js';
import { ProcessingWorld } from '../processing/processing-world.js';

const NEWCOMER = 'new.person@example.test';
const ENDPOINT = '/api/users/username/username1';

eachDatabase((database) => {
  let world: ProcessingWorld;

  beforeAll(async () => {
    world = await ProcessingWorld.start(database());
  });
  beforeEach(async () => {
    await world.begin();
    await world.requests.house.set('custom_request_endpoints', [ENDPOINT]);
  });
  afterAll(() => world?.stop());

  const custom = { as: 'domainAdmin', form: { endpoint: ENDPOINT } } as const;
  const state = async (): Promise<string> => (await world.requests.person(NEWCOMER)).account.state;
  async function setStatus(status: string): Promise<void> {
    const { person } = await world.requests.person(NEWCOMER);
    const answer = await world.requests.api(`/api/users/${person.key}/status`, { status }, { as: 'domainAdmin' });
    if (answer.status !== 200) throw new Error(answer.text);
  }

  it('attack 30: somebody switched off while they are asked for a PIN stays off', async () => {
    const path = await world.path('CUSTOM', NEWCOMER, custom);
    const pin = await world.requests.pinTo(NEWCOMER);
    await setStatus('INACTIVE');
    expect(await world.word(`${path}?pin=${pin}`)).not.toMatch(/^(OK|ERROR)$/);
    expect(await state()).toBe('deactivated');
    expect((await world.requests.ask('CUSTOM', NEWCOMER, custom)).status).toBe(400);
  });

  it('attack 30: somebody switched on by hand and off again is not let in by another PIN', async () => {
    await world.path('CUSTOM', NEWCOMER, custom);
    world.app.clock.advance(3_600);
    await setStatus('ACTIVE');
    await setStatus('INACTIVE');
    expect((await world.requests.ask('CUSTOM', NEWCOMER, custom)).status).toBe(400);
    expect(await state()).toBe('deactivated');
  });
});
