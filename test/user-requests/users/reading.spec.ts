import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { capability } from '../../../src/core/directory/capabilities/capability.js';
import { Sessions } from '../../../src/sessions/sessions.js';
import { eachDatabase } from '../../support/test-database.js';
import { type ApiReply, type Caller, refusalOf, UsersWorld } from './users-world.js';

const JPEG = Buffer.from('ffd8ffe000104a46494600010100000100010000ffd9', 'hex');
const NOBODY = '00000000-0000-4000-8000-000000000000';

eachDatabase((database) => {
  let world: UsersWorld;

  beforeAll(async () => {
    world = await UsersWorld.start(database());
  });
  beforeEach(() => world.begin());
  afterAll(() => world?.stop());

  const usernames = ({ json }: ApiReply): unknown[] =>
    (json['users'] as { username: string }[]).map(({ username }) => username);
  const list = async (query = '', as: Caller = 'boss', domain = 'alpha'): Promise<ApiReply> =>
    world.call(`/api/domains/${(await world.domain(domain)).id}/users${query}`, { as });

  describe('a user', () => {
    it('is shown by id and by name, with both pairs of names, roles and groups', async () => {
      const id = await world.id('kim');
      const group = await world.group('Sales', 'kim');
      const shown = await world.call(`/api/users/${id}`);
      expect([shown.status, shown.headers.get('content-type')]).toEqual([200, 'application/json; charset=utf-8']);
      expect(shown.json).toEqual({
        id,
        username: 'kim',
        domain_id: (await world.domain()).id,
        firstName: 'Kim',
        middleName: null,
        lastName: 'Lee',
        name: 'Kim',
        surname: 'Lee',
        email: 'kim@example.test',
        active: true,
        info: null,
        firstLogin: null,
        lastLogin: null,
        phone: '+35226000007',
        timeZone: null,
        locale: 'de',
        roles: [],
        groups: [{ id: group, name: 'Sales' }],
      });
      expect((await world.call('/api/users/username/KIM')).json).toEqual(shown.json);
      expect((await world.call(`/belladati/api/users/${id}`)).json).toEqual(shown.json);
      expect((await world.call('/belladati/api/users/username/kim?locale=cs')).json).toEqual(shown.json);
    });

    it('is shown with the first and the last log-in, as RFC 1123 writes dates', async () => {
      const { account } = await world.person('kim');
      const logIn = () =>
        world.app.get(Sessions).open({ account, begunBy: 'password', kind: 'bearer', clientAddress: '192.0.2.1' });
      const first = world.app.clock.now();
      await logIn();
      world.app.clock.advance(3_600);
      await logIn();
      const { json } = await world.call('/api/users/username/kim');
      expect(json).toMatchObject({ firstLogin: first.toUTCString(), lastLogin: world.app.clock.now().toUTCString() });
      expect(json['lastLogin']).toMatch(/^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/);
      expect((await list()).json['users']).toContainEqual(json);
    });

    it('is shown without what the caller excludes', async () => {
      const { json } = await world.call('/api/users/username/kim?exclude=email,lastLogin&exclude=%20groups,nonsense');
      expect(Object.keys(json)).not.toEqual(expect.arrayContaining(['email']));
      expect(['email', 'lastLogin', 'groups'].filter((name) => name in json)).toEqual([]);
      expect(json['username']).toBe('kim');
    });

    it('has the code of the own role', async () => {
      const rolesOf = async (login: string): Promise<unknown> =>
        (await world.call(`/api/users/username/${encodeURIComponent(login)}`, { as: 'root' })).json['roles'];
      expect(await rolesOf('other root')).toEqual([{ role: 'ADMIN' }]);
      expect(await rolesOf('boss')).toEqual([{ role: 'WORKSPACE_ADMIN' }]);
      expect(await rolesOf('helper')).toEqual([{ role: 'USER_MANAGER' }]);
    });

    it('is not found by what is no id', async () => {
      const group = await world.group('Sales');
      for (const id of ['username', 'kim', '0', NOBODY, group, `${NOBODY}%00`, '*']) {
        expect([id, ...refusalOf(await world.call(`/api/users/${id}`))]).toEqual([id, 404, 'user not found']);
      }
    });

    it('attack 49: is not found by a pattern, a filter or half a name', async () => {
      for (const name of [
        '*',
        'k*',
        'ki%',
        '_im',
        '%',
        'kim)(uid=*',
        'kim\\2a',
        "kim' OR '1'='1",
        'kim\0',
        'k',
        '\ud800',
      ]) {
        const path = `/api/users/username/${encodeURIComponent(name.toWellFormed())}`;
        expect([name, ...refusalOf(await world.call(path))]).toEqual([name, 404, 'user not found']);
      }
    });

    it('is named by mail address where the domain logs in with email, and by nothing else', async () => {
      await world.set('login_with_email', true, 'alpha');
      expect((await world.call('/api/users/username/kim%40example.test')).json['username']).toBe('kim');
      expect(refusalOf(await world.call('/api/users/username/kim'))).toEqual([404, 'user not found']);
      expect((await world.call('/api/users/username/boss%40example.test')).json['username']).toBe('boss');
    });

    it('of several domains is told apart by the domain', async () => {
      const inBeta = await world.call('/api/users/username/kim?domain_id=beta', { as: 'root' });
      expect([inBeta.json['id'], inBeta.json['domain_id']]).toEqual([
        await world.id('kim', 'beta'),
        (await world.domain('beta')).id,
      ]);
      expect((await world.call('/api/users/username/kim', { as: 'root' })).json['id']).toBe(await world.id('kim'));
      expect((await world.call('/api/users/username/otto', { as: 'root' })).json['username']).toBe('otto');
    });
  });

  describe('the users of a domain', () => {
    it('are listed by login, as each is shown', async () => {
      const all = await list('', 'root');
      expect(usernames(all)).toEqual([
        'boss',
        'helper',
        'kim',
        'lee',
        'other boss',
        'other helper',
        'other root',
        'root',
      ]);
      const kim = await world.call('/api/users/username/kim');
      expect(all.json['users']).toContainEqual(kim.json);
      expect(usernames(await world.call('/api/domains/alpha/users', { as: 'root' }))).toHaveLength(8);
    });

    it('are listed page by page, and of one group', async () => {
      const group = await world.group('Sales', 'kim', 'lee', 'boss');
      expect(usernames(await list('?size=2&offset=1', 'root'))).toEqual(['helper', 'kim']);
      expect(usernames(await list('?size=2&offset=1'))).toEqual(['helper', 'kim']);
      expect(usernames(await list('?offset=100'))).toEqual([]);
      expect(usernames(await list(`?userGroup_id=${group}`))).toEqual(['boss', 'kim', 'lee']);
      expect(usernames(await list(`?userGroup_id=${group}&size=1&offset=1`))).toEqual(['kim']);
      expect(usernames(await list(`?userGroup_id=${NOBODY}`))).toEqual([]);
      expect(usernames(await list('?userGroup_id=*'))).toEqual([]);
    });

    it.each(['size=0', 'size=1001', 'size=-1', 'size=a', 'size=1e2', 'offset=-1', 'offset=1.5', 'size=1&size=2'])(
      'are not listed with %s',
      async (query) => expect((await list(`?${query}`)).status).toBe(400),
    );

    it('attack 48: are those whom the role reaches, and only they count', async () => {
      expect(usernames(await list())).toEqual(['boss', 'helper', 'kim', 'lee', 'other boss', 'other helper']);
      expect(usernames(await list('?size=1&offset=5'))).toEqual(['other helper']);
      expect(usernames(await list('?size=1&offset=6'))).toEqual([]);
      for (const as of ['helper', 'kim'] as const) {
        expect(refusalOf(await list('', as))).toEqual([403, 'not permitted']);
      }
      expect(refusalOf(await list('', 'betaBoss'))).toEqual([403, 'not permitted']);
    });

    it('attack 48: of another domain and of one that is not there are refused alike', async () => {
      const path = (domain: string) => world.call(`/api/domains/${domain}/users`);
      const there = await path((await world.domain('beta')).id);
      expect(refusalOf(there)).toEqual([403, 'not permitted']);
      expect((await path(NOBODY)).text).toBe(there.text);
      expect((await path('beta')).text).toBe(there.text);
      const global = await world.call(`/api/domains/${NOBODY}/users`, { as: 'root' });
      expect(refusalOf(global)).toEqual([404, 'domain not found']);
    });
  });

  describe('the groups of a domain', () => {
    const groups = (as: Caller, domain = 'alpha') => world.call(`/api/domains/${domain}/userGroups`, { as });

    it('are listed by name', async () => {
      const sales = await world.group('Sales', 'kim');
      const first = await world.group('Backoffice');
      expect((await groups('boss')).json).toEqual({
        userGroups: [
          { id: first, name: 'Backoffice', description: 'Group Backoffice' },
          { id: sales, name: 'Sales', description: 'Group Sales' },
        ],
      });
      expect((await groups('root', 'beta')).json).toEqual({ userGroups: [] });
    });

    it('attack 48: are for the administrators of the domain', async () => {
      for (const as of ['helper', 'kim', 'betaBoss'] as const) {
        expect(refusalOf(await groups(as))).toEqual([403, 'not permitted']);
      }
    });
  });

  describe('a picture', () => {
    const image = async (login = 'kim', as: Caller = 'boss') =>
      world.call(`/api/users/${await world.id(login)}/image`, { as });
    const put = async (name: string, bytes: Buffer, login = 'kim') => {
      const { directory, person } = await world.person(login);
      const values = [bytes.toString('base64')];
      await capability(directory, 'attributes').change(person, [{ operation: 'replace', name, values }]);
    };

    it('is the directory’s, sent as what it is and as nothing that could run', async () => {
      await put('jpegPhoto', JPEG);
      const sent = await image();
      expect([sent.status, sent.headers.get('content-type')]).toEqual([200, 'image/jpeg']);
      expect(sent.headers.get('x-content-type-options')).toBe('nosniff');
      expect(sent.headers.get('content-security-policy')).toBe("default-src 'none'; sandbox");
      expect(Number(sent.headers.get('content-length'))).toBe(JPEG.length);
    });

    it('is none where there is none, and for what is no picture or too large', async () => {
      expect(refusalOf(await image())).toEqual([404, 'image not found']);
      await put('jpegPhoto', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'));
      expect(refusalOf(await image())).toEqual([404, 'image not found']);
      await put('jpegPhoto', Buffer.from('<html>'));
      expect(refusalOf(await image())).toEqual([404, 'image not found']);
    });

    it('attack 65: is for those who may see the user', async () => {
      await put('jpegPhoto', JPEG, 'other root');
      expect(refusalOf(await image('other root'))).toEqual([403, 'not permitted']);
      expect(refusalOf(await image('kim', 'betaBoss'))).toEqual([404, 'user not found']);
    });
  });

  describe('a call', () => {
    it.each([
      ['GET', '/api/users/create', 'POST'],
      ['POST', '/api/users/username/kim', 'GET, HEAD'],
      ['DELETE', `/api/users/${NOBODY}`, 'GET, HEAD, POST'],
      ['PUT', `/belladati/api/users/${NOBODY}/status`, 'GET, HEAD, POST'],
      ['POST', `/api/users/${NOBODY}/image`, 'GET, HEAD'],
      ['POST', '/api/domains/alpha/users', 'GET, HEAD'],
      ['DELETE', '/api/domains/alpha/userGroups', 'GET, HEAD'],
    ])('with the wrong verb is told the right ones: %s %s', async (method, path, allow) => {
      const refused = await world.call(path, { method });
      expect([...refusalOf(refused), refused.headers.get('allow')]).toEqual([405, 'verb not supported', allow]);
    });

    it('with a body that is no form is refused', async () => {
      const headers = { 'content-type': 'application/json' };
      const refused = await world.call('/api/users/create', { raw: '{"username": "x"}', headers });
      expect(refusalOf(refused)).toEqual([400, 'body is not application/x-www-form-urlencoded']);
    });

    it('without a token is refused in the words of OAuth', async () => {
      const response = await fetch(`${world.app.url}/api/users/username/kim`);
      expect([response.status, await response.text()]).toEqual([401, 'oauth_problem=missing_token']);
    });

    it('attack 28: is refused for a while when a token calls too often', async () => {
      const id = await world.id('kim');
      await world.call(`/api/users/${id}/status`);
      await world.database.database.query('UPDATE throttle_counters SET count = 1000');
      const refused = await world.call(`/api/users/${id}/status`);
      expect([refused.status, refused.json['error']]).toEqual([503, 'too many requests']);
      expect(refused.headers.get('retry-after')).toBe('60');
      world.app.clock.advance(61);
      expect((await world.call(`/api/users/${id}/status`)).text).toBe('ACTIVE');
    });

    it('attack 68: gets its own answer while many others are under way', async () => {
      const logins = ['kim', 'lee', 'boss', 'helper'];
      const asked = Array.from({ length: 60 }, (_, index) => logins[index % logins.length] ?? 'kim');
      const answers = await Promise.all(
        asked.map((login, index) =>
          world.call(`/api/users/username/${login}`, { as: index % 2 === 0 ? 'boss' : 'root' }),
        ),
      );
      expect(answers.map(({ json }) => json['username'])).toEqual(asked);
    });
  });
});
