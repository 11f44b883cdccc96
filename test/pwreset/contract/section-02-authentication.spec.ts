import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { databaseOfSuite } from './database-of-suite.js';
import { basic, INVALID_LOGIN, refusal } from './answers.js';
import { CHIEF, OLD_PASSWORD, SEND, STAFF_PASSWORD, World } from './world.js';

const CALL = JSON.stringify({ jsonrpc: '2.0', method: SEND, params: {}, id: 0 });

describe('section 2: authentication and access', () => {
  const database = databaseOfSuite();
  let world: World;

  beforeAll(async () => {
    world = await World.start(database());
  });
  beforeEach(() => world.calm());
  afterAll(() => world.stop());

  const post = (authorization: string | undefined, headers: Record<string, string> = {}): Promise<Response> =>
    fetch(`${world.app.url}/manag/`, {
      method: 'POST',
      body: CALL,
      headers: { ...(authorization !== undefined && { authorization }), ...headers },
    });
  const answer = async (user: string, password: string): Promise<unknown> => (await post(basic(user, password))).json();
  /** What a caller who was let in hears, because {@link CALL} names nobody. */
  const LET_IN = { error: { code: -32602, data: 'Parameter username missing' }, id: 0 };

  describe('no Authorization header', () => {
    it('HTTP 401, a challenge for Basic with realm "Manager", error -32600', async () => {
      const response = await post(undefined);
      expect(response.status).toBe(401);
      expect(response.headers.get('www-authenticate')).toBe('Basic realm="Manager"');
      expect(response.headers.get('content-type')).toBe('application/json');
      expect(await response.json()).toEqual(refusal('Authentication required'));
    });
  });

  describe('wrong credentials', () => {
    it('HTTP 200, no challenge, error -32600', async () => {
      const response = await post(basic(CHIEF.user, 'wrong'));
      expect(response.status).toBe(200);
      expect(response.headers.get('www-authenticate')).toBeNull();
      expect(await response.json()).toEqual(INVALID_LOGIN);
    });

    it('attack 45: the same bytes for unknown names and domains, wrong passwords, and people who are no administrators', async () => {
      const person = await world.person({ login: 'nobody in charge' });
      const disabled = await world.person({ login: 'switched off', disabled: true });
      const without = await world.person({ login: 'without password', password: undefined });
      const bytes = new Set<string>();
      const guesses: [string, string][] = [
        [CHIEF.user, 'wrong'],
        ['ACME\\no such person', 'wrong'],
        ['No such domain\\chief', CHIEF.password],
        ['Umbrella\\chief', CHIEF.password],
        [`ACME\\${person.login}`, OLD_PASSWORD],
        [`ACME\\${disabled.login}`, OLD_PASSWORD],
        [`ACME\\${without.login}`, 'x'],
        ['\\', 'x'],
        ['ACME\\', 'x'],
        ['ACME\\chief\0', CHIEF.password],
        ['ACME\\*', CHIEF.password],
      ];
      for (const [user, password] of guesses) {
        await world.calm();
        const response = await post(basic(user, password));
        const headers = [...response.headers].filter(([name]) => !['date', 'x-request-id'].includes(name));
        bytes.add(JSON.stringify([response.status, headers, await response.text()]));
      }
      expect([...bytes]).toHaveLength(1);
      expect([...bytes][0]).toContain('Invalid username or password');
    });

    it.each([
      ['is switched off', { disabled: true }],
      ['is locked', { lockedAt: new Date('2026-08-03T09:00:00Z') }],
      ['must change the password', { mustChangePassword: true }],
    ])('an administrator who %s is refused with the right password', async (_what, change) => {
      const [row] = await world.query<{ id: string }>(
        `SELECT id FROM builtin_people WHERE login = 'keeper' AND domain_id = $1`,
        [(await world.domain()).id],
      );
      const keeper = { id: row?.id ?? '' } as Parameters<World['change']>[0];
      await world.change(keeper, { ...change, ...('lockedAt' in change && { lockedAt: world.app.clock.now() }) });
      expect(await answer('ACME\\keeper', STAFF_PASSWORD)).toEqual(INVALID_LOGIN);
      await world.change(keeper, { disabled: false, lockedAt: null, mustChangePassword: false });
      expect(await answer('ACME\\keeper', STAFF_PASSWORD)).toMatchObject(LET_IN);
    });

    it('leaves an audit row with the name that was tried, and without the password', async () => {
      const after = await world.lastAuditId();
      await answer('ACME\\chief', 'a wrong guess');
      const [row, ...more] = await world.audit({ after });
      expect(row).toMatchObject({
        event: 'manager-login.refused',
        outcome: 'refused',
        code: 'credentials-invalid',
        actor: 'anonymous',
        client_address: '127.0.0.1',
        detail: { user: 'ACME\\chief' },
      });
      expect(row?.correlation_id).toMatch(/^[0-9a-f-]{36}$/);
      expect(more).toEqual([]);
      expect(JSON.stringify(row)).not.toContain('a wrong guess');
    });
  });

  describe('manager_auth: UID', () => {
    it.each([
      ['DOMAIN\\login', CHIEF.user],
      ['DOMAIN\\login in any case', 'acme\\CHIEF'],
      ['a login alone means the default domain', 'chief'],
      ['a login with a space', 'ACME\\second chief'],
      ['another domain', 'Umbrella\\keeper'],
    ])('%s', async (_case, user) => {
      expect(
        await answer(
          user,
          user.toLowerCase().endsWith('\\chief') || user === 'chief' ? CHIEF.password : STAFF_PASSWORD,
        ),
      ).toMatchObject(LET_IN);
    });

    it('the first colon ends the name: passwords may hold colons and backslashes', async () => {
      expect(CHIEF.password).toMatch(/:.*\\/);
      expect(await answer(CHIEF.user, CHIEF.password)).toMatchObject(LET_IN);
    });

    it('a distinguished name is no login', async () => {
      expect(await answer('cn=chief,dc=ACME', CHIEF.password)).toEqual(INVALID_LOGIN);
    });
  });

  describe('manager_auth: DN', () => {
    beforeEach(() => world.configure({ settings: '{ manager_auth: dn }' }));

    it.each([
      ['the DN of an administrator', 'cn=chief,dc=ACME', CHIEF.password],
      ['attributes and names in any case, with spaces between', 'CN=Chief, DC=acme', CHIEF.password],
      ['a DN of another domain', 'cn=keeper,dc=Umbrella', STAFF_PASSWORD],
      ['a DN with a space in its value', 'cn=second chief,dc=ACME', STAFF_PASSWORD],
    ])('%s', async (_case, user, password) => {
      expect(await answer(user, password)).toMatchObject(LET_IN);
    });

    it.each([
      ['a login', CHIEF.user, CHIEF.password],
      ['a login alone', 'chief', CHIEF.password],
      ['no DN at all', '=,', CHIEF.password],
      ['the DN with a wrong password', 'cn=chief,dc=ACME', STAFF_PASSWORD],
      ['the DN of nobody', 'cn=nobody,dc=ACME', CHIEF.password],
      ['a DN outside every domain', 'cn=chief,dc=elsewhere', CHIEF.password],
      ['attack 49: a filter', 'cn=*,dc=ACME', CHIEF.password],
    ])('%s is refused', async (_case, user, password) => {
      expect(await answer(user, password)).toEqual(INVALID_LOGIN);
    });
  });

  describe('manager_clients', () => {
    it('empty: any address', async () => {
      expect(await answer(CHIEF.user, CHIEF.password)).toMatchObject(LET_IN);
    });

    it.each(['[127.0.0.1]', '["127.0.0.0/8", "192.0.2.1"]', '["::ffff:127.0.0.1"]'])(
      '%s: ours is among them',
      async (clients) => {
        await world.configure({ settings: `{ manager_clients: ${clients} }` });
        expect(await answer(CHIEF.user, CHIEF.password)).toMatchObject(LET_IN);
      },
    );

    it.each([
      ['right credentials', basic(CHIEF.user, CHIEF.password)],
      ['wrong credentials', basic(CHIEF.user, 'wrong')],
      ['no credentials', undefined],
    ])('any other address: HTTP 403 with -32600, before %s are looked at', async (_case, authorization) => {
      await world.configure({ settings: '{ manager_clients: [192.0.2.0/24, "2001:db8::/32"] }' });
      const after = await world.lastAuditId();
      for (let call = 0; call < 8; call++) {
        const response = await post(authorization);
        expect(response.status).toBe(403);
        expect(response.headers.get('www-authenticate')).toBeNull();
        expect(await response.json()).toEqual(refusal('Client address not allowed'));
      }
      expect(await world.audit({ event: 'manager-login.%', after })).toEqual([]);
    });

    it.each(['x-forwarded-for', 'x-real-ip', 'forwarded', 'client-ip', 'x-client-ip', 'true-client-ip'])(
      'attack 32: %s does not make an address ours',
      async (name) => {
        await world.configure({ settings: '{ manager_clients: [192.0.2.1] }' });
        const value = name === 'forwarded' ? 'for=192.0.2.1' : '192.0.2.1';
        expect((await post(basic(CHIEF.user, CHIEF.password), { [name]: value })).status).toBe(403);
      },
    );
  });
});

describe('section 2: behind a trusted proxy', () => {
  const database = databaseOfSuite();
  let world: World;

  beforeAll(async () => {
    const base = { settings: '{ manager_clients: [192.0.2.0/24] }' };
    world = await World.start(database(), base, { environment: { trustedProxies: ['127.0.0.1'] } });
  });
  afterAll(() => world.stop());

  it.each([
    ['the address it forwards decides', '192.0.2.7', 200],
    ['another address is turned away', '198.51.100.7', 403],
    ['attack 32: only what the proxy itself wrote counts', '192.0.2.7, 198.51.100.7', 403],
    ['attack 33: an address that is none is turned away', 'a', 403],
    ['the proxy itself is turned away', undefined, 403],
  ])('%s', async (_case, forwarded, status) => {
    const headers: Record<string, string> = forwarded === undefined ? {} : { 'x-forwarded-for': forwarded };
    expect((await world.chief.post(CALL, headers)).status).toBe(status);
  });

  it('the audit names the address that the proxy forwarded', async () => {
    const person = await world.person();
    const call = { jsonrpc: '2.0', method: SEND, params: { username: person.login, method: 'NONE' }, id: 0 };
    await world.chief.post(JSON.stringify(call), { 'x-forwarded-for': '192.0.2.99' });
    expect((await world.audit({ event: 'password-reset.created' })).at(-1)?.client_address).toBe('192.0.2.99');
  });
});
