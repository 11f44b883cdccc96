import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { eachDatabase } from '../../support/test-database.js';
import { type Credentials, DOMAIN, OAuthWorld, WIDE, WIDE_TOKEN } from '../oauth/oauth-world.js';

eachDatabase((database) => {
  let world: OAuthWorld;

  beforeAll(async () => {
    world = await OAuthWorld.start(database());
  });
  beforeEach(() => world.begin());
  afterAll(() => world?.stop());

  const wide = { consumer: WIDE, token: WIDE_TOKEN } as const;
  async function tokenOf(call: object = {}): Promise<Credentials> {
    const { text } = await world.call('/api/users/username1/accessToken', { form: { domain_id: DOMAIN }, ...call });
    const [key = '', secret = ''] = text.split(';');
    return { key, secret };
  }

  it('attack 65: a token that a domain administrator made does not get the role that its person is given later', async () => {
    const [own, global] = [await tokenOf(), await tokenOf(wide)];
    expect((await world.probe({ token: own })).text).toContain('not permitted');
    const { person } = await world.house.person('username1', DOMAIN);
    const data = JSON.stringify({ roles: ['ADMIN'] });
    const given = await world.call(`/api/users/${person.key}`, { form: { data }, ...wide });
    expect([given.status, given.text]).toEqual([200, '']);
    const refused = await world.probe({ token: own });
    expect([refused.status, refused.text]).toEqual([401, 'oauth_problem=invalid_token']);
    expect((await world.probe({ consumer: WIDE, token: global })).status).toBe(200);
  });

  it('attack 65: a code that was made before a role was given opens nothing afterwards', async () => {
    const { text } = await world.call('/api/users/username1/requests', { form: { request_type: 'PASSWORD_SET' } });
    const path = `/user/processRequest/${text.replace(';', '/')}`;
    const script = { headers: { 'x-requested-with': 'XMLHttpRequest' } };
    expect((await world.send(path, script)).text).toMatch(/^<!doctype/);
    const { person } = await world.house.person('username1', DOMAIN);
    const data = JSON.stringify({ roles: ['ADMIN'] });
    expect((await world.call(`/api/users/${person.key}`, { form: { data }, ...wide })).status).toBe(200);
    expect((await world.send(path, script)).text).toBe('NOT_VALID;CANCELLED');
  });
});
