import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { BuiltinGroupRepository } from '../../../src/core/directory/builtin/builtin-group.repository.js';
import { Sessions } from '../../../src/sessions/sessions.js';
import { eachDatabase } from '../../support/test-database.js';
import { type ApiReply, refusalOf, UsersWorld } from './users-world.js';

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

eachDatabase((database) => {
  let world: UsersWorld;

  beforeAll(async () => {
    world = await UsersWorld.start(database());
  });
  beforeEach(() => world.begin());
  afterAll(() => world?.stop());

  const show = async (login: string, as: 'boss' | 'root' = 'boss'): Promise<Record<string, unknown>> =>
    (await world.call(`/api/users/username/${encodeURIComponent(login)}`, { as })).json;
  const events = async (): Promise<[string, string, string][]> => {
    const rows = await world.database.database.query<{ event: string; actor: string; target: string }>(
      'SELECT event, actor, target FROM audit_events ORDER BY id',
    );
    return rows.map(({ event, actor, target }) => [event, actor, target]);
  };

  describe('a new user', () => {
    it('is answered by id, and shown with all that was said', async () => {
      const sales = await world.group('Sales');
      const team = await world.group('Team');
      const made = await world.create({
        domain_id: (await world.domain()).id,
        middleName: 'Q.',
        info: 'first line\nsecond line',
        timeZone: 'Europe/Prague',
        locale: 'en_GB',
        phone: '+35226000099',
        roles: [{ role: 'USER_ADMIN' }, { role: 'REPORT_ADMIN' }],
        groups: [{ id: sales, name: 'ignored' }, { name: 'team' }],
        parameters: [{ key: 'cost centre', value: '12' }],
      });
      expect([made.status, made.headers.get('content-type')]).toEqual([200, 'text/plain; charset=utf-8']);
      expect(made.text).toMatch(UUID);
      expect(await show('new')).toMatchObject({
        id: made.text,
        firstName: 'New',
        lastName: 'One',
        middleName: 'Q.',
        info: 'first line\nsecond line',
        timeZone: 'Europe/Prague',
        locale: 'en-GB',
        phone: '+35226000099',
        active: true,
        roles: [{ role: 'USER_MANAGER' }, { role: 'REPORT_ADMIN' }],
        groups: [
          { id: sales, name: 'Sales' },
          { id: team, name: 'Team' },
        ],
      });
      expect((await world.person('new')).person.displayName).toBe('New One');
      expect(await events()).toEqual(
        expect.arrayContaining([
          ['user.created', 'alpha\\boss', 'cn=new,dc=alpha'],
          ['role.given', 'alpha\\boss', 'cn=new,dc=alpha'],
        ]),
      );
    });

    it('may be sent as the SDK does: other names, and plain lists', async () => {
      const sales = await world.group('Sales');
      const data = { firstName: undefined, lastName: undefined, name: 'Ada', surname: 'L' };
      const made = await world.create({ ...data, roles: ['USER_MANAGER'], groups: ['Sales'] });
      expect(made.status).toBe(200);
      expect(await show('new')).toMatchObject({ name: 'Ada', lastName: 'L', groups: [{ id: sales, name: 'Sales' }] });
    });

    it('may be made inactive, and in another domain by who reaches it', async () => {
      expect((await world.create({ active: false })).status).toBe(200);
      expect((await show('new'))['active']).toBe(false);
      const beta = await world.create({ domain_id: 'beta' }, 'root');
      expect(beta.text).toBe(await world.id('new', 'beta'));
      expect(refusalOf(await world.create({ domain_id: 'beta', username: 'n2' }))).toEqual([403, 'not permitted']);
      expect(refusalOf(await world.create({ domain_id: 'gamma', username: 'n2' }))).toEqual([403, 'not permitted']);
    });

    it.each([
      [{ username: undefined }, 'username: missing'],
      [{ username: '  ' }, 'username: missing'],
      [{ username: 'a\u202eb' }, 'username: contains characters that cannot be kept'],
      [{ username: 'a\nb' }, 'username: contains characters that cannot be kept'],
      [{ username: 'n'.repeat(255) }, 'username: longer than 254 characters'],
      [{ username: 'KIM' }, 'username: already exists'],
      [{ email: undefined }, 'email: missing'],
      [{ email: 'nonsense' }, 'email: not one mail address'],
      [{ email: 'a@example.test, b@example.test' }, 'email: not one mail address'],
      [{ firstName: undefined }, 'firstName: missing'],
      [{ lastName: '' }, 'lastName: missing'],
      [{ name: 'Other' }, 'firstName: differs from name'],
      [{ firstName: ['New'] }, 'firstName: not a text'],
      [{ locale: 'no such language' }, 'locale: unknown value'],
      [{ timeZone: 'Mars/Olympus' }, 'timeZone: unknown value'],
      [{ active: 'perhaps' }, 'active: not true or false'],
      [{ roles: 'ADMIN' }, 'roles: not a list'],
      [{ roles: ['EMPEROR'] }, 'roles: unknown value'],
      [{ roles: ['constructor'] }, 'roles: unknown value'],
      [{ roles: [{ name: 'ADMIN' }] }, 'roles: not a list of texts'],
      [{ groups: ['no such group'] }, 'groups: unknown value'],
      [{ groups: ['*'] }, 'groups: unknown value'],
      [{ parameters: [{ value: 'x' }] }, 'parameters: not a list of key and value'],
      [{ parameters: Array.from({ length: 900 }, (_, key) => ({ key, value: 'v'.repeat(20) })) }, 'data: too long'],
    ])('is refused with %j', async (data, error) => {
      expect(refusalOf(await world.create(data))).toEqual([400, error]);
      expect((await world.call('/api/users/username/new')).status).toBe(404);
    });

    it.each([
      [{}, 'data: missing'],
      [{ data: '' }, 'data: missing'],
      [{ data: '{' }, 'data: not valid JSON'],
      [{ data: '[]' }, 'data: not a JSON object'],
      [{ data: '"x"' }, 'data: not a JSON object'],
      [{ data: '{"username": "a", "username": "b"}' }, 'data: not valid JSON'],
    ])('is refused as the form %j', async (form, error) => {
      expect(refusalOf(await world.call('/api/users/create', { form }))).toEqual([400, error]);
    });

    it('attack 63: whatever the JSON holds is kept or refused, and never a fault', async () => {
      const odd = ['\0', 'a\ud800', '\u202e', "'; --", '\u{1F600}'.repeat(300), 'x'.repeat(5_000)];
      const values: unknown[] = [...odd, null, true, 1e308, 2 ** 53, [null], { role: {} }];
      const members = [
        'domain_id',
        'username',
        'email',
        'firstName',
        'name',
        'middleName',
        'info',
        'timeZone',
        'locale',
      ];
      const more = ['phone', 'active', 'roles', 'groups', 'parameters', '__proto__', 'constructor', 'opts', 'id'];
      const statuses = new Set<number>();
      for (const member of [...members, ...more]) {
        await world.database.database.query('DELETE FROM throttle_counters');
        const answers = values.map((value, index) => {
          const username = `odd ${member} ${index}`;
          const least = { username, email: 'odd@example.test', firstName: 'O', lastName: 'D' };
          const data = JSON.stringify({ ...least, [member]: value });
          return world.call('/api/users/create', { as: 'root', form: { data } });
        });
        for (const { status } of await Promise.all(answers)) statuses.add(status);
      }
      expect([...statuses].filter((status) => ![200, 400, 404].includes(status))).toEqual([]);
      expect((await world.call('/api/users/create', { raw: 'data=%ff' })).status).toBe(400);
      expect((await world.call('/api/users/create', { raw: 'data=%00' })).status).toBe(400);
    });

    it('attack 19: is not given a login for which a role waits', async () => {
      expect(refusalOf(await world.create({ username: 'Expected' }))).toEqual([403, 'not permitted']);
      expect((await world.create({ username: 'expected' }, 'root')).status).toBe(200);
      expect((await show('expected', 'root'))['roles']).toEqual([{ role: 'USER_MANAGER' }]);
    });

    it('attack 54: is not there when the groups cannot be given any more', async () => {
      const group = await world.group('Sales');
      const assign = vi.spyOn(BuiltinGroupRepository.prototype, 'assign').mockResolvedValueOnce(group);
      try {
        expect(refusalOf(await world.create({ groups: [group] }))).toEqual([404, 'group not found']);
      } finally {
        assign.mockRestore();
      }
      expect((await world.call('/api/users/username/new')).status).toBe(404);
    });
  });

  describe('a user who is changed', () => {
    it('has the new values, and keeps the others', async () => {
      const id = await world.id('kim');
      const done = await world.change(id, {
        email: 'kim.lee@example.test',
        info: 'moved',
        lastName: 'Li',
        phone: null,
      });
      expect([done.status, done.text]).toEqual([200, '']);
      expect(await show('kim')).toMatchObject({
        id,
        firstName: 'Kim',
        lastName: 'Li',
        surname: 'Li',
        email: 'kim.lee@example.test',
        info: 'moved',
        phone: null,
        locale: 'de',
      });
      expect((await world.person('kim')).person.displayName).toBe('Kim Li');
      await world.change(id, { info: null, middleName: 'X' });
      expect(await show('kim')).toMatchObject({ info: null, middleName: 'X' });
      expect(await events()).toContainEqual(['user.changed', 'alpha\\boss', 'cn=kim,dc=alpha']);
    });

    it('is the same when all is sent back as it was read', async () => {
      await world.group('Sales', 'kim');
      await world.create({ username: 'deputy', roles: ['USER_MANAGER', 'DATA_ADMIN'], timeZone: 'Europe/Prague' });
      for (const login of ['kim', 'deputy']) {
        const before = await show(login);
        expect((await world.change(String(before['id']), before)).status).toBe(200);
        expect(await show(login)).toEqual(before);
      }
    });

    it('is meant by the one name of a pair that is not as it was', async () => {
      const before = await show('kim');
      const id = String(before['id']);
      await world.change(id, { ...before, surname: 'Of The SDK' });
      expect(await show('kim')).toMatchObject({ lastName: 'Of The SDK', surname: 'Of The SDK', firstName: 'Kim' });
      const both = { firstName: 'A', name: 'B' };
      expect(refusalOf(await world.change(id, both))).toEqual([400, 'firstName: differs from name']);
    });

    it('keeps a display name that somebody chose', async () => {
      await world.change(await world.id('boss'), { firstName: 'Bob' }, 'root');
      expect((await world.person('boss')).person.displayName).toBe('Boss');
    });

    it('gets another login, which takes the role along', async () => {
      const id = await world.id('helper');
      expect((await world.change(id, { username: 'aide' })).status).toBe(200);
      expect(await show('aide')).toMatchObject({ id, roles: [{ role: 'USER_MANAGER' }] });
      expect(refusalOf(await world.change(id, { username: 'kim' }))).toEqual([400, 'username: already exists']);
      expect(refusalOf(await world.change(id, { username: 'expected' }))).toEqual([403, 'not permitted']);
      await world.create({ username: 'helper' });
      expect((await show('helper'))['roles']).toEqual([]);
    });

    it('gets and loses a role', async () => {
      const id = await world.id('kim');
      const roles = async (codes: readonly string[]): Promise<unknown> => {
        expect((await world.change(id, { roles: codes })).status).toBe(200);
        return (await show('kim'))['roles'];
      };
      expect(await roles(['WORKSPACE_ADMIN', 'USER_MANAGER'])).toEqual([{ role: 'WORKSPACE_ADMIN' }]);
      expect(await roles(['USER_MANAGER', 'SCHEMA_ADMIN'])).toEqual([
        { role: 'USER_MANAGER' },
        { role: 'SCHEMA_ADMIN' },
      ]);
      expect(await roles([])).toEqual([]);
    });

    it('gets groups in place of others', async () => {
      const sales = await world.group('Sales', 'kim');
      const team = await world.group('Team');
      const id = await world.id('kim');
      expect((await world.change(id, { groups: [team] })).status).toBe(200);
      expect((await show('kim'))['groups']).toEqual([{ id: team, name: 'Team' }]);
      expect(refusalOf(await world.change(id, { groups: [sales, 'x'] }))).toEqual([400, 'groups: unknown value']);
      await world.change(id, { groups: [] });
      expect((await show('kim'))['groups']).toEqual([]);
    });

    it('stays in the domain', async () => {
      const id = await world.id('kim');
      expect((await world.change(id, { domain_id: 'ALPHA' })).status).toBe(200);
      expect(refusalOf(await world.change(id, { domain_id: 'beta' }))).toEqual([400, 'domain_id: cannot be changed']);
    });

    it('attack 65: changes nothing when anything is not permitted', async () => {
      const id = await world.id('kim');
      const before = await show('kim');
      expect(refusalOf(await world.change(id, { info: 'x', roles: ['ADMIN'] }))).toEqual([403, 'not permitted']);
      expect(refusalOf(await world.change(id, { info: 'x', groups: ['none'] }))).toEqual([
        400,
        'groups: unknown value',
      ]);
      expect(await show('kim')).toEqual(before);
    });

    it('attack 65: cannot be oneself, where it is about the own role', async () => {
      const id = await world.id('boss');
      expect(refusalOf(await world.change(id, { roles: ['ADMIN'] }))).toEqual([403, 'not permitted']);
      expect(refusalOf(await world.change(id, { roles: [] }))).toEqual([403, 'not permitted']);
      expect((await world.change(id, { roles: ['WORKSPACE_ADMIN'], info: 'me' })).status).toBe(200);
    });
  });

  describe('the status', () => {
    const status = async (login = 'kim') => (await world.call(`/api/users/${await world.id(login)}/status`)).text;
    const set = async (word: string, login = 'kim'): Promise<ApiReply> =>
      world.call(`/api/users/${await world.id(login)}/status`, { form: { status: word } });

    it('is set and told as one word, and the quotation marks of the vendor’s sample do not matter', async () => {
      expect(await status()).toBe('ACTIVE');
      const off = await set('"INACTIVE"');
      expect([off.status, off.text]).toEqual([200, '']);
      expect(await status()).toBe('INACTIVE');
      expect((await show('kim'))['active']).toBe(false);
      expect((await set('INACTIVE')).status).toBe(200);
      expect((await set('"ACTIVE"')).status).toBe(200);
      expect((await set('ACTIVE')).status).toBe(200);
      expect(await status()).toBe('ACTIVE');
      const seen = (await events()).filter(([event]) => event.startsWith('account.'));
      expect(seen).toEqual([
        ['account.deactivated', 'alpha\\boss', 'cn=kim,dc=alpha'],
        ['account.activated', 'alpha\\boss', 'cn=kim,dc=alpha'],
      ]);
    });

    it.each(['', 'active', 'ON', '""ACTIVE""', '"ACTIVE', "'ACTIVE'", 'ACTIVE,INACTIVE', 'DELETED'])(
      'is not %j',
      async (word) => {
        expect((await set(word)).status).toBe(400);
        expect(await status()).toBe('ACTIVE');
      },
    );

    it('is set by the form of a change, too', async () => {
      const id = await world.id('kim');
      await world.change(id, { active: false });
      expect(await status()).toBe('INACTIVE');
      await world.change(id, { active: true });
      expect(await status()).toBe('ACTIVE');
    });

    it('ends sessions, links and tokens of who is switched off, for good', async () => {
      const { account } = await world.person('kim');
      const opened = await world.app
        .get(Sessions)
        .open({ account, begunBy: 'password', kind: 'bearer', clientAddress: '192.0.2.1' });
      expect(await world.app.get(Sessions).use(String(opened?.secret), 'bearer')).toMatchObject({ prolonged: false });
      const link = await world.call('/api/users/kim/requests', { form: { request_type: 'PASSWORD_SET' } });
      expect(link.status).toBe(200);
      expect((await world.call(`/api/users/${await world.id('kim')}`, { as: 'kim' })).status).toBe(200);
      await set('INACTIVE');
      expect(await world.app.get(Sessions).use(String(opened?.secret), 'bearer')).toBe('dead');
      expect((await world.call('/api/users/username/kim', { as: 'kim' })).status).toBe(401);
      const states = await world.database.database.query<{ state: string }>('SELECT state FROM one_time_requests');
      expect(states).toEqual([{ state: 'cancelled' }]);
      await set('ACTIVE');
      expect(await world.app.get(Sessions).use(String(opened?.secret), 'bearer')).toBe('dead');
    });

    it('lifts the switch of the directory, so that it is true', async () => {
      const { directory, person } = await world.person('kim');
      await directory.registry?.setDisabled(person, true);
      expect(await status()).toBe('INACTIVE');
      await set('ACTIVE');
      expect(await status()).toBe('ACTIVE');
    });

    it('cannot be taken from oneself', async () => {
      expect(refusalOf(await set('INACTIVE', 'boss'))).toEqual([403, 'not permitted']);
      expect(await status('boss')).toBe('ACTIVE');
    });

    it('attack 68: is one at a time, of many who set it', async () => {
      const words = Array.from({ length: 16 }, (_, index) => (index % 2 === 0 ? 'INACTIVE' : 'ACTIVE'));
      const answers = await Promise.all(words.map((word) => set(word)));
      expect(answers.map((answer) => answer.status)).toEqual(words.map(() => 200));
      const last = (await events()).flatMap(([event]) => (event.startsWith('account.') ? [event] : []));
      last.forEach((event, index) => {
        expect(event).toBe(index % 2 === 0 ? 'account.deactivated' : 'account.activated');
      });
    });
  });
});
