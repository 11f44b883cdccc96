import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { DEMO_WORLD } from '../../../src/demo/demo-world.js';
import { eachDatabase } from '../../support/test-database.js';
import { IamWorld, PBX, refusalOf, type RestReply } from '../iam-world.js';

const NEW = 'Tq7_lake.9';

eachDatabase((database) => {
  let world: IamWorld;
  let admin: string;
  let manager: string;

  beforeAll(async () => {
    world = await IamWorld.start(database());
  });
  beforeEach(async () => {
    await world.begin();
    admin = await world.administrator();
    manager = await world.logIn('manager1', 'correct horse 4', 'domain 1');
  });
  afterAll(() => world?.stop());

  const idOf = async (login: string, domain: string): Promise<string> => (await world.person(login, domain)).person.key;
  const list = (query: Record<string, string>, token = manager): Promise<RestReply> =>
    world.call('GET', `iam/users?${new URLSearchParams(query).toString()}`, { token });
  const rows = ({ body }: RestReply): Record<string, unknown>[] => body as unknown as Record<string, unknown>[];

  describe('invites', () => {
    const invite = (userid: unknown, token = manager): Promise<RestReply> =>
      world.call('POST', 'iam/invites', { token, body: { userid } });
    const accept = (id: string, body: object): Promise<RestReply> => world.call('PATCH', `iam/invites/${id}`, { body });

    it('lead an administrator’s user to a password, and to another login and name', async () => {
      const made = await world.call('POST', 'iam/users', {
        token: manager,
        body: { login: 'fresh', name: 'Fresh', opts: { email: 'fresh@example.test' } },
      });
      expect(made.status).toBe(200);
      const sent = await invite(made.body['id']);
      expect([sent.status, sent.body]).toEqual([200, { error_code: 0, result: true, result_msg: 'Invitation sent' }]);
      const [letter] = await world.lettersTo('fresh@example.test');
      expect(letter?.text).toContain('Invited by: domain 1\\manager1');
      const id = await world.linkId('invite', 'fresh@example.test');
      expect(refusalOf(await accept(id, {}))).toEqual([412, 1501, 'pwd']);
      expect(refusalOf(await accept(id, { pwd: 'short', login: 'a b' }))).toEqual([412, 1501, 'login']);
      expect(refusalOf(await accept(id, { pwd: 'short' }))).toEqual([412, 1501, 'pwd']);
      expect(refusalOf(await accept(id, { pwd: NEW, login: 'username1' }))).toEqual([412, 1501, 'login']);
      expect(refusalOf(await accept(id, { pwd: NEW, login: 'manager1' }))).toEqual([412, 1501, 'login']);
      const done = await accept(id, { pwd: NEW, login: 'renamed', name: 'Re Named' });
      expect([done.status, done.body['user']]).toEqual([200, { domain: 'domain 1', login: 'renamed' }]);
      expect(refusalOf(await accept(id, { pwd: NEW }))).toEqual([404, 1404]);
      expect(await world.logIn('renamed', NEW, 'domain 1')).toMatch(/-/);
      expect((await world.person('renamed', 'domain 1')).person.displayName).toBe('Re Named');
    });

    it('live for three days', async () => {
      await invite(await idOf('username1', 'domain 1'));
      const id = await world.linkId('invite', 'username1@example.test');
      world.app.clock.advance(259_200);
      expect((await accept(id, { pwd: NEW })).status).toBe(404);
    });

    it('need somebody who has an address and is not blocked', async () => {
      const userid = await idOf('username1', 'domain 1');
      const people = (change: string): Promise<unknown> =>
        database().database.query(`UPDATE builtin_people SET ${change} WHERE login_key = 'username1'`);
      await people('mail = NULL');
      const unreachable = await invite(userid);
      expect([...refusalOf(unreachable), unreachable.body['error_message']]).toEqual([
        412,
        1501,
        'userid',
        'user has no email',
      ]);
      await people(`mail = 'username1@example.test', disabled = true`);
      expect(refusalOf(await invite(userid))).toEqual([403, 1403]);
      await people('disabled = false');
      expect((await invite(userid)).status).toBe(200);
    });

    it('attack 65: reach the people of the own domain who hold no higher role, and nobody else', async () => {
      expect(refusalOf(await invite(await idOf('john', 'RCDEVSDOCS')))).toEqual([412, 1501, 'userid']);
      expect(refusalOf(await invite('no-uuid'))).toEqual([412, 1501, 'userid']);
      expect(refusalOf(await invite(undefined))).toEqual([412, 1501, 'userid']);
      const { token } = await world.newcomer('nobody.special');
      expect(refusalOf(await invite(await idOf('username1', 'domain 1'), token))).toEqual([403, 1403]);
      const elsewhere = { userid: await idOf('john', 'RCDEVSDOCS'), domain: 'RCDEVSDOCS' };
      const answer = await world.call('POST', 'iam/invites', { token: manager, body: elsewhere });
      expect(refusalOf(answer)).toEqual([403, 1403]);
      expect((await world.call('POST', 'iam/invites', { token: admin, body: elsewhere })).status).toBe(200);
    });
  });

  describe('records', () => {
    it('show what is open, with numbers in place of ids, to global administrators', async () => {
      await world.forgot({ key: 'Jane Doe', domain: 'RCDEVSDOCS' }, { from: '203.0.113.7' });
      await world.register();
      await world.call('POST', 'iam/invites', {
        token: manager,
        body: { userid: await idOf('username1', 'domain 1') },
      });
      await world.settle();
      const ts = world.app.clock.now().toISOString().replace('.000Z', 'Z');
      const [reset] = rows(await world.call('GET', 'model/system/PwdResetRequests', { token: admin }));
      expect(reset).toEqual({
        id: expect.stringMatching(/^\d+$/) as string,
        remoteIp: '203.0.113.7',
        status: 'sent',
        statusText: '',
        key: 'Jane Doe',
        domain: 'RCDEVSDOCS',
        userId: await idOf('Jane Doe', 'RCDEVSDOCS'),
        userLogin: 'Jane Doe',
        email: 'jane.doe@example.test',
        ts,
        ttl: 3_600,
        openedAt: null,
      });
      const [registration] = rows(await world.call('GET', 'model/system/SelfRegisterRequests', { token: admin }));
      expect(registration).toMatchObject({ login: 'my_login', name: 'My Name', domain: PBX, ttl: 86_400 });
      const [invited] = rows(
        await world.call('GET', 'model/system/Invites?mask=adminId,adminLogin,ttl', { token: admin }),
      );
      expect(invited).toEqual({
        adminId: await idOf('manager1', 'domain 1'),
        adminLogin: 'domain 1\\manager1',
        ttl: 259_200,
      });
      const id = await world.linkId('self_register', 'my.address@yandex.ru');
      await world.confirm(id);
      expect(rows(await world.call('GET', 'model/system/SelfRegisterRequests', { token: admin }))).toEqual([]);
      expect(JSON.stringify([reset, registration])).not.toContain(id);
    });

    it('say when somebody was first shown the form, which changes nothing else', async () => {
      await world.forgot({ key: 'Jane Doe', domain: 'RCDEVSDOCS' });
      const id = await world.linkId('pwd_reset', 'jane.doe@example.test');
      const look = () => world.call('POST', '/app-root/link', { body: { kind: 'pwd_reset', id } });
      const [before] = rows(await world.call('GET', 'model/system/PwdResetRequests', { token: admin }));
      world.app.clock.advance(60);
      const opened = world.app.clock.now().toISOString().replace('.000Z', 'Z');
      expect((await look()).status).toBe(200);
      world.app.clock.advance(60);
      expect((await look()).status).toBe(200);
      const after = rows(await world.call('GET', 'model/system/PwdResetRequests', { token: admin }));
      expect(after).toEqual([{ ...before, openedAt: opened }]);
      expect((await world.recover(id, NEW)).status).toBe(200);
    });

    it('attack 48: are for nobody else, and cannot be written', async () => {
      for (const kind of ['PwdResetRequests', 'SelfRegisterRequests', 'Invites']) {
        expect(refusalOf(await world.call('GET', `model/system/${kind}`, { token: manager }))).toEqual([403, 1403]);
        expect(refusalOf(await world.call('GET', `model/system/${kind}`))).toEqual([401, 1401]);
        expect(refusalOf(await world.call('DELETE', `model/system/${kind}`, { token: admin }))).toEqual([405, 1405]);
      }
    });
  });

  describe('users', () => {
    it('are listed with filter, mask, order, offset, limit and flat', async () => {
      await world.call('PATCH', `iam/users/${await idOf('username1', 'domain 1')}`, {
        token: manager,
        body: { opts: { roles: ['chief'], isblocked: true } },
      });
      expect(rows(await list({ mask: 'login,opts.isblocked', order: '[{"login":"desc"}]' }))).toEqual([
        { login: 'username1', opts: { isblocked: true } },
        { login: 'manager1', opts: { isblocked: false } },
      ]);
      expect(rows(await list({ filter: '{"opts.isblocked":"false"}', mask: 'login' }))).toEqual([
        { login: 'manager1' },
      ]);
      expect(rows(await list({ filter: '{"opts.roles":"chief"}', mask: 'login,opts.roles', flat: 'true' }))).toEqual([
        { login: 'username1', 'opts.roles': ['chief'] },
      ]);
      expect(rows(await list({ offset: '1', limit: '1', mask: 'login,pwd' }))).toEqual([
        { login: 'username1', pwd: '*****' },
      ]);
      expect(rows(await list({ filter: '{"login":"*"}' }))).toEqual([]);
    });

    it('are made, changed, looked up and removed by administrators', async () => {
      const made = await world.call('POST', 'iam/users', {
        token: manager,
        body: {
          login: 'mara',
          name: 'Mara',
          pwd: 'ew!hIb3V',
          timezone: 2,
          opts: { roles: ['user'], email: 'm@example.test' },
        },
      });
      expect([made.status, made.body]).toMatchObject([
        200,
        { login: 'mara', name: 'Mara', pwd: '*****', timezone: 2, opts: { roles: ['user'], email: 'm@example.test' } },
      ]);
      const path = `iam/users/${String(made.body['id'])}`;
      const session = await world.logIn('mara', 'ew!hIb3V', 'domain 1');
      const looked = await world.call('POST', 'iam/users', {
        token: manager,
        headers: { 'x-http-method-override': 'LOOKUP' },
        body: { login: 'MARA' },
      });
      expect(looked.body).toEqual({ id: made.body['id'] });
      const otherVerb = await world.call('POST', 'iam/users', {
        token: manager,
        headers: { 'x-http-method-override': 'SYNC' },
        body: { login: 'unwanted', name: 'Unwanted' },
      });
      expect(refusalOf(otherVerb)).toEqual([405, 1405]);
      expect(otherVerb.headers.get('allow')).toBe('GET, HEAD, POST, LOOKUP');
      const changed = await world.call('PATCH', path, {
        token: manager,
        body: { name: 'Mara K.', pwd: NEW, opts: { comment: 'hi', email: null } },
      });
      expect(changed.body).toMatchObject({ name: 'Mara K.', opts: { roles: ['user'], comment: 'hi' } });
      expect(changed.body).not.toHaveProperty('opts.email');
      expect((await world.call('GET', 'iam/sessions/current', { token: session })).status).toBe(401);
      expect(await world.logIn('mara', NEW, 'domain 1')).toMatch(/-/);
      const unchanged = await world.call('PATCH', path, { token: manager, body: { pwd: '*****' } });
      expect(unchanged.status).toBe(200);
      expect(await world.logIn('mara', NEW, 'domain 1')).toMatch(/-/);
      expect((await world.call('DELETE', path, { token: manager })).body).toMatchObject({ error_code: 0 });
      expect(refusalOf(await world.call('GET', path, { token: manager }))).toEqual([404, 1404]);
    });

    it.each([
      [{ name: 'x' }, 'login'],
      [{ login: 'x' }, 'name'],
      [{ login: 'a b', name: 'x' }, 'login'],
      [{ login: 'username1', name: 'x' }, 'login'],
      [{ login: 'x', name: 'x', pwd: 'short' }, 'pwd'],
      [{ login: 'x', name: 'x', opts: [] }, 'opts'],
      [{ login: 'x', name: 'x', opts: { email: 'nonsense' } }, 'opts.email'],
      [{ login: 'x', name: 'x', opts: { isblocked: 'perhaps' } }, 'opts.isblocked'],
      [{ login: 'x', name: 'x', timezone: 13 }, 'timezone'],
    ])('are refused when %j', async (body, field) => {
      expect(refusalOf(await world.call('POST', 'iam/users', { token: manager, body }))).toEqual([412, 1501, field]);
    });

    it('have passwords as long as the policy of their domain asks for', async () => {
      const enabled = (on: boolean) => {
        const policy = { name: 'long', category: 'password', enabled: on, options: { minLength: '40' } };
        return world.app.apply(JSON.stringify({ publicUrl: world.app.url, policies: [policy] }), {});
      };
      const make = (login: string) =>
        world.call('POST', 'iam/users', { token: manager, body: { login, name: 'Long Word', pwd: NEW } });
      await enabled(true);
      expect(refusalOf(await make('short'))).toEqual([412, 1501, 'pwd']);
      await enabled(false);
      expect((await make('short')).status).toBe(200);
    });

    it('attack 63: keep no text that nothing can store', async () => {
      const body = { login: 'odd', name: 'Odd', opts: { comment: 'a\u0000b', ['k\u0000']: 'x', big: 2 ** 60 } };
      const made = await world.call('POST', 'iam/users', { token: manager, body });
      expect([made.status, made.body['opts']]).toMatchObject([200, { comment: 'ab', k: 'x' }]);
    });

    it('see themselves without the password, and change their time zone only', async () => {
      const { token } = await world.newcomer('mara');
      const self = await world.call('GET', 'iam/users/current', { token });
      expect(self.body).not.toHaveProperty('pwd');
      expect((await world.call('PATCH', 'iam/users/current', { token, body: { timezone: -3 } })).body).toMatchObject({
        timezone: -3,
        opts: { roles: ['user'], self_registered: true },
      });
      for (const body of [{ name: 'x' }, { opts: { roles: ['chief'] } }, { pwd: NEW }, { timezone: 1, login: 'x' }]) {
        expect(refusalOf(await world.call('PATCH', 'iam/users/current', { token, body }))).toEqual([403, 1403]);
      }
    });

    it('stay as they were when the password will not do', async () => {
      const path = `iam/users/${await idOf('username1', 'domain 1')}`;
      const refused = await world.call('PATCH', path, { token: manager, body: { name: 'Other', pwd: 'password1' } });
      expect(refusalOf(refused)).toEqual([412, 1501, 'pwd']);
      expect((await world.person('username1', 'domain 1')).person.displayName).not.toBe('Other');
    });

    it('attack 65: change the own password with the old one only, administrators too', async () => {
      for (const id of ['current', await idOf('manager1', 'domain 1')]) {
        const refused = await world.call('PATCH', `iam/users/${id}`, { token: manager, body: { name: 'X', pwd: NEW } });
        expect(refusalOf(refused)).toEqual([403, 1403]);
      }
      expect((await world.person('manager1', 'domain 1')).person.displayName).not.toBe('X');
      expect(await world.logIn('manager1', 'correct horse 4', 'domain 1')).toMatch(/-/);
    });

    it('attack 65: keep the address of the own account, to which links go, from who has the session alone', async () => {
      const { mail } = (await world.person('manager1', 'domain 1')).person;
      for (const id of ['current', await idOf('manager1', 'domain 1')]) {
        const change = (email: string | undefined) =>
          world.call('PATCH', `iam/users/${id}`, { token: manager, body: { opts: { email } } });
        expect(refusalOf(await change('thief@evil.test'))).toEqual([403, 1403]);
        expect((await change(mail)).status).toBe(200);
      }
      expect((await world.person('manager1', 'domain 1')).person.mail).toBe(mail);
    });

    it('attack 65: are out of reach across domains and above the own role', async () => {
      const { token } = await world.newcomer('mara');
      const john = await idOf('john', 'RCDEVSDOCS');
      for (const shown of [token, manager]) {
        expect([403, 404]).toContain((await world.call('GET', `iam/users/${john}`, { token: shown })).status);
        expect((await world.call('GET', `iam/users/${john}?domain=RCDEVSDOCS`, { token: shown })).status).toBe(403);
        expect((await world.call('DELETE', `iam/users/${john}?domain=RCDEVSDOCS`, { token: shown })).status).toBe(403);
      }
      expect((await list({}, token)).status).toBe(403);
      expect((await list({ domain: 'RCDEVSDOCS' })).status).toBe(403);
      expect((await list({ domain: 'nowhere' })).status).toBe(403);
      expect((await list({ domain: 'RCDEVSDOCS' }, admin)).status).toBe(200);
      expect((await world.call('DELETE', 'iam/users/current', { token: manager })).status).toBe(403);
    });

    it('attack 48: are listed and looked up as far as the caller could read them one by one', async () => {
      await world.begin(
        DEMO_WORLD.replace(
          '- { login: manager1,',
          `- { login: chief, name: Chief }
      - { login: helper, name: Helper, password: correct horse 5 }
      - { login: manager1,`,
        ).replace(
          'administrators:',
          `administrators:
  - { domain: domain 1, login: chief, role: global-admin }
  - { domain: domain 1, login: helper, role: user-manager }`,
        ),
      );
      const boss = await world.logIn('manager1', 'correct horse 4', 'domain 1');
      const helper = await world.logIn('helper', 'correct horse 5', 'domain 1');
      const logins = async (query: object, token: string): Promise<unknown[]> =>
        rows(await list({ mask: 'login', ...query }, token)).map(({ login }) => login);
      expect(await logins({}, boss)).toEqual(['helper', 'manager1', 'username1']);
      expect(await logins({ offset: '1', limit: '1' }, boss)).toEqual(['manager1']);
      expect(await logins({ filter: '{"login":"chief"}' }, boss)).toEqual([]);
      expect(await logins({ filter: '{"pwd":"*****"}', order: '["timezone"]' }, boss)).not.toContain('chief');
      expect(await logins({}, helper)).toEqual(['helper', 'username1']);
      const all = await list({ domain: 'domain 1', mask: 'login' }, await world.administrator());
      expect(rows(all)).toHaveLength(4);
      const lookUp = async (login: string): Promise<number> => {
        const headers = { 'x-http-method-override': 'LOOKUP' };
        return (await world.call('POST', 'iam/users', { token: helper, headers, body: { login } })).status;
      };
      const found = await Promise.all(['chief', 'manager1', 'nobody', 'helper', 'username1'].map(lookUp));
      expect(found).toEqual([404, 404, 404, 200, 200]);
    });

    it.each(['global-admin', 'user-manager'])(
      'attack 19: are not given a login that a role waits for: %s',
      async (role) => {
        await world.begin(
          DEMO_WORLD.replace(
            'administrators:',
            `administrators:\n  - { domain: domain 1, login: chief, role: ${role} }`,
          ),
        );
        const token = await world.logIn('manager1', 'correct horse 4', 'domain 1');
        const body = { login: 'chief', name: 'Chief', pwd: NEW };
        expect(refusalOf(await world.call('POST', 'iam/users', { token, body }))).toEqual([403, 1403]);
        const path = `iam/users/${await idOf('username1', 'domain 1')}`;
        expect(refusalOf(await world.call('PATCH', path, { token, body: { login: 'Chief' } }))).toEqual([403, 1403]);
      },
    );
  });

  describe('settings', () => {
    const change = (key: string, value: unknown, token = admin, query = ''): Promise<RestReply> =>
      world.call('PATCH', `domain/settings/${key}${query}`, { token, body: { value } });

    it('are a bare list of keys and values, as far as the role reaches', async () => {
      const all = rows(await world.call('GET', 'domain/settings?mask=key', { token: admin })).map(({ key }) => key);
      expect(all).toEqual(
        expect.arrayContaining(['default_domain', 'self_register_mode', 'trusted_proxies', 'pwd_policy']),
      );
      const own = rows(await world.call('GET', 'domain/settings?mask=key', { token: manager })).map(({ key }) => key);
      expect(own).toEqual([
        'pwd_policy',
        'pwd_reset_allowed',
        'self_register_allowed',
        'self_register_email_unique',
        'self_register_template',
      ]);
      const { token } = await world.newcomer('mara');
      expect(refusalOf(await world.call('GET', 'domain/settings', { token }))).toEqual([403, 1403]);
    });

    it('are changed one by one, and in force at once', async () => {
      expect((await change('self_register_mode', 'off')).body).toEqual({ key: 'self_register_mode', value: 'off' });
      expect((await world.register()).status).toBe(412);
      expect((await change('self_register_mode', null)).body).toMatchObject({ value: 'off' });
      expect((await change('default_domain', PBX)).body).toMatchObject({ value: PBX });
      expect((await world.call('GET', 'public/resources/defaults.json')).body).toMatchObject({ defaultDomain: PBX });
      await change('default_domain', 'URL');
      expect((await world.call('GET', 'public/resources/defaults.json')).body).toMatchObject({ defaultDomain: 'URL' });
      expect((await change('self_register_allowed', true, manager)).status).toBe(200);
      const shown = await world.call('GET', 'domain/settings/self_register_allowed', { token: manager });
      expect(shown.body).toEqual({ key: 'self_register_allowed', value: true });
      expect((await change('pwd_reset_allowed', false, admin, `?domain=${PBX}`)).status).toBe(200);
    });

    it.each([
      ['self_register_mode', 'on', 412, 'value'],
      ['self_register_template', { login: 'x' }, 412, 'value'],
      ['pwd_policy', { min_length: 1 }, 412, 'value'],
      ['default_domain', 'nowhere', 412, 'value'],
      ['trusted_proxies', [], 403, undefined],
      ['no_such_key', 1, 404, undefined],
      ['mail_templates', {}, 404, undefined],
    ])('refuse %s = %j', async (key, value, status, field) => {
      expect(refusalOf(await change(key, value))).toEqual(
        field === undefined ? [status, 1000 + status] : [status, 1501, field],
      );
    });

    it('refuse a body without value, another key, and callers who do not reach them', async () => {
      const path = 'domain/settings/pwd_reset_allowed';
      expect(refusalOf(await world.call('PATCH', path, { token: admin, body: {} }))).toEqual([412, 1501, 'value']);
      const renamed = { key: 'other', value: true };
      expect(refusalOf(await world.call('PATCH', path, { token: admin, body: renamed }))).toEqual([412, 1501, 'key']);
      expect((await change('self_register_mode', 'poll', manager)).status).toBe(404);
      expect((await change('pwd_reset_allowed', false, manager, `?domain=${PBX}`)).status).toBe(403);
    });
  });
});
