import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { DEMO_WORLD } from '../../../src/demo/demo-world.js';
import { eachDatabase } from '../../support/test-database.js';
import { IamWorld, PBX, refusalOf } from '../iam-world.js';

const MAIL = 'my.address@yandex.ru';

eachDatabase((database) => {
  let world: IamWorld;

  beforeAll(async () => {
    world = await IamWorld.start(database());
  });
  beforeEach(() => world.begin());
  afterAll(() => world?.stop());

  const people = async (): Promise<string[]> => {
    const { id } = await world.domain();
    const rows = await database().database.query<{ login: string }>(
      'SELECT login FROM builtin_people WHERE domain_id = $1 ORDER BY login',
      [id],
    );
    return rows.map(({ login }) => login);
  };

  describe('step 1', () => {
    it('judges in the documented order: the first failure wins', async () => {
      await world.newcomer('taken');
      const wrong = { domain: 'nowhere', login: 'a b', name: '\u0007', email: 'x' };
      const steps: [Record<string, unknown>, string][] = [
        [{ ...wrong, domain: undefined }, 'domain'],
        [{ ...wrong, login: undefined }, 'login'],
        [{ ...wrong, name: undefined }, 'name'],
        [{ ...wrong, email: undefined }, 'email'],
        [wrong, 'domain'],
        [{ ...wrong, domain: PBX }, 'login'],
        [{ ...wrong, domain: PBX, login: 'taken' }, 'name'],
        [{ ...wrong, domain: PBX, login: 'taken', name: 'A' }, 'email'],
        [{ ...wrong, domain: PBX, login: 'taken', name: 'A', email: MAIL }, 'login'],
      ];
      for (const [fields, field] of steps) expect(refusalOf(await world.register(fields))).toEqual([412, 1501, field]);
    });

    it('counts every call that got past the presence of its fields, and looks at JSON first', async () => {
      const from = world.stranger();
      await world.register({ email: undefined }, { from });
      await world.call('POST', 'iam/self_register_requests', { raw: '{', from });
      expect((await world.register({ domain: 'nowhere' }, { from })).status).toBe(412);
      expect((await world.call('POST', 'iam/self_register_requests', { raw: '{', from })).status).toBe(400);
      expect((await world.register({ email: undefined }, { from })).status).toBe(429);
      expect((await world.register({}, { from })).status).toBe(429);
    });

    it('attack 32: spaces IPv6 by /64', async () => {
      expect((await world.register({}, { from: '2001:db8:7:7::1' })).status).toBe(200);
      expect((await world.register({}, { from: '2001:db8:7:7:9::2' })).status).toBe(429);
      expect((await world.register({}, { from: '2001:db8:7:8::1' })).status).toBe(200);
    });

    it('attack 26: of many calls at once one gets through', async () => {
      const from = world.stranger();
      const answers = await Promise.all(Array.from({ length: 20 }, () => world.register({}, { from })));
      expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([
        200,
        ...Array.from({ length: 19 }, () => 429),
      ]);
    });

    it('can be told to space calls by another time, or not at all', async () => {
      const from = world.stranger();
      await world.set('self_register_rate_sec', 0);
      for (let call = 0; call < 3; call++) expect((await world.register({}, { from })).status).toBe(200);
    });

    it('makes no account and reserves nothing: the last request of a login and address counts', async () => {
      await world.register();
      await world.register({ login: 'MY_LOGIN', email: 'other@example.test' });
      await world.register();
      const id = await world.linkId('self_register', MAIL);
      expect(await people()).toEqual([]);
      const states = await database().database.query<{ state: string }>(
        'SELECT state FROM one_time_requests ORDER BY number',
      );
      expect(states.map(({ state }) => state)).toEqual(['cancelled', 'created', 'created']);
      expect((await world.confirm(id)).status).toBe(200);
      const other = await world.linkId('self_register', 'other@example.test');
      expect(refusalOf(await world.confirm(other))).toEqual([412, 1501, 'login']);
      expect(await people()).toEqual(['my_login']);
    });

    it('attack 45: answers the same where somebody has the address already, and tells them by mail', async () => {
      await world.newcomer('owner');
      const free = await world.register({ login: 'second', email: 'free@example.test' });
      const taken = await world.register({ login: 'third', email: 'OWNER@example.test' });
      expect([taken.status, taken.text]).toEqual([free.status, free.text]);
      const letters = await world.lettersTo('owner@example.test');
      expect(letters[0]?.subject).toBe(`You already have an account at ${PBX}`);
      expect(letters[0]?.text).toContain('“owner”');
      expect(letters[0]?.text).not.toContain('/app-root/');
      await world.set('self_register_email_unique', false, PBX);
      await world.register({ login: 'third', email: 'owner@example.test' });
      expect(await world.linkId('self_register', 'owner@example.test')).toMatch(/-/);
    });

    it('needs a mode, a list where the mode says so, and the domain’s own switch', async () => {
      const cases: [string, string[], boolean, number][] = [
        ['off', [PBX], true, 412],
        ['list', [], true, 412],
        ['list', [PBX.toUpperCase()], true, 200],
        ['list', [PBX], false, 412],
        ['poll', [], true, 200],
        ['poll', [], false, 412],
      ];
      for (const [mode, domains, allowed, status] of cases) {
        await world.set('self_register_mode', mode);
        await world.set('self_register_domains', domains);
        await world.set('self_register_allowed', allowed, PBX);
        expect((await world.register()).status).toBe(status);
        const { body } = await world.call('GET', 'public/resources/defaults.json');
        expect(body).toEqual({
          defaultDomain: 'RCDEVSDOCS',
          selfRegisterAllowed: status === 200,
          selfRegisterDomains: status === 200 ? [PBX] : [],
        });
      }
    });

    it('attack 1: writes the configured address into the letter, whatever the headers say', async () => {
      const headers = {
        'x-forwarded-host': 'evil.example.test',
        'x-forwarded-proto': 'http',
        forwarded: 'host=evil.example.test',
        'x-original-url': 'http://evil.example.test/',
      };
      await world.register({}, { headers });
      const [letter] = await world.lettersTo(MAIL);
      expect(letter?.text).toContain(`${world.app.url}/app-root/#/iam/self_register/`);
      expect(JSON.stringify(letter)).not.toContain('evil');
    });

    it('attack 62: keeps names out of headers and markup', async () => {
      await world.register({ name: '<b>"Eve"</b> =?utf-8?q?Bcc?=' });
      const [letter] = await world.lettersTo(MAIL);
      expect(letter?.html).not.toContain('<b>"Eve"');
      expect(letter?.subject).not.toContain('Eve');
    });

    it('writes in the language that the browser asks for, with the address that asked and the deadline', async () => {
      await world.register({}, { headers: { 'accept-language': 'ru-RU,ru;q=0.9' }, from: '203.0.113.9' });
      const [letter] = await world.lettersTo(MAIL);
      expect(letter?.subject).toBe(`Подтвердите регистрацию (${PBX})`);
      expect(letter?.text).toContain('203.0.113.9');
      expect((await world.confirm(await world.linkId('self_register', MAIL))).status).toBe(200);
      expect((await world.person('my_login')).person.language).toBe('ru');
    });

    it('attack 67: sends no flood of letters to one address', async () => {
      await world.set('link_sends_per_person_per_hour', 3);
      for (let call = 0; call < 6; call++) expect((await world.register({ login: `bomb${call}` })).status).toBe(200);
      expect(await world.lettersTo(MAIL)).toHaveLength(3);
    });

    it('attack 19: does not give a login away that an administrator’s role waits for', async () => {
      await world.begin(
        DEMO_WORLD.replace(
          'administrators:',
          `administrators:\n  - { domain: ${PBX}, login: chief, role: domain-admin }`,
        ),
      );
      expect(refusalOf(await world.register({ login: 'Chief' }))).toEqual([412, 1501, 'login']);
      await world.begin();
      await world.register({ login: 'chief' });
      const id = await world.linkId('self_register', MAIL);
      await world.app.apply(
        DEMO_WORLD.replace(
          'administrators:',
          `administrators:\n  - { domain: ${PBX}, login: chief, role: domain-admin }`,
        ),
        { PORT: new URL(world.app.url).port },
      );
      expect(refusalOf(await world.confirm(id))).toEqual([412, 1501, 'login']);
      expect(await people()).toEqual([]);
    });
  });

  describe('step 2', () => {
    const pending = async (fields: { login?: string; name?: string; email?: string } = {}): Promise<string> => {
      await world.register(fields);
      return world.linkId('self_register', fields.email ?? MAIL);
    };

    it('judges in the documented order', async () => {
      const id = await pending();
      const path = `iam/self_register_requests/${id}`;
      expect(refusalOf(await world.call('PATCH', path, { raw: '[' }))).toEqual([400, 1400]);
      expect(refusalOf(await world.confirm(id, null))).toEqual([412, 1501, 'pwd']);
      await world.set('self_register_mode', 'off');
      expect(refusalOf(await world.confirm(id, 'a b'))).toEqual([412, 1501, 'domain']);
      await world.set('self_register_mode', 'poll');
      for (const [pwd, message] of [
        [5, 'pwd must be string'],
        ['a b', 'pwd contains invalid symbols. Expected: A-Za-z0-9_-.~!'],
        ['пароль', 'pwd contains invalid symbols. Expected: A-Za-z0-9_-.~!'],
        ['x'.repeat(101), 'pwd must have 1 to 100 symbols'],
        ['short', 'pwd is too short. Expected: at least 8 characters'],
        ['my_login_1', 'pwd contains login or name'],
      ] as const) {
        expect((await world.confirm(id, pwd)).body).toEqual({
          error_code: 1501,
          error_message: message,
          error_details: { field: 'pwd' },
        });
      }
      expect((await world.confirm(id)).status).toBe(200);
    });

    it('makes the account of the template, where what the person sent wins', async () => {
      await world.set(
        'self_register_template',
        {
          name: 'Template',
          timezone: 3,
          opts: { roles: ['user', 'guest'], title: 'Newcomer', email: 'template@example.test', self_registered: false },
        },
        PBX,
      );
      const id = await pending({ name: '  Мара Клод ' });
      expect((await world.confirm(id)).status).toBe(200);
      const token = await world.logIn('my_login', 'ew!hIb3V');
      const { body } = await world.call('GET', 'iam/users/current', { token });
      expect(body).toEqual({
        id: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
        login: 'my_login',
        name: 'Мара Клод',
        timezone: 3,
        opts: {
          roles: ['user', 'guest'],
          title: 'Newcomer',
          email: MAIL,
          self_registered: true,
          isblocked: false,
        },
        ext: { lwt: expect.any(String) as string },
      });
    });

    it('attack 13: is not spent by looking', async () => {
      const id = await pending();
      for (let look = 0; look < 100; look++) {
        const path = `iam/self_register_requests/${id}`;
        expect((await world.call(look % 2 ? 'HEAD' : 'GET', path).catch(() => ({ status: 405 }))).status).toBe(405);
      }
      expect((await world.confirm(id)).status).toBe(200);
    });

    it('attack 9: takes no link of another kind', async () => {
      const { email } = await world.newcomer('other');
      await world.forgot({ key: email });
      const recovery = await world.linkId('pwd_reset', email);
      expect(refusalOf(await world.confirm(recovery))).toEqual([404, 1404]);
      const registration = await pending();
      expect(refusalOf(await world.recover(registration))).toEqual([404, 1404]);
      expect(
        refusalOf(await world.call('PATCH', `iam/invites/${registration}`, { body: { pwd: 'ew!hIb3V' } })),
      ).toEqual([404, 1404]);
      const page = await fetch(`${world.app.url}/webapps/pwreset/?req=${registration}`);
      expect(page.status).toBe(404);
      expect((await world.confirm(registration)).status).toBe(200);
    });

    it('kills the request with the twentieth password that breaks the rules', async () => {
      const id = await pending();
      for (let guess = 0; guess < 19; guess++) expect((await world.confirm(id, 'short')).status).toBe(412);
      expect((await world.confirm(id, 'ew!hIb3V')).status).toBe(200);
      const again = await pending({ login: 'again', email: 'again@example.test' });
      for (let guess = 0; guess < 20; guess++) expect((await world.confirm(again, 'short')).status).toBe(412);
      expect(refusalOf(await world.confirm(again, 'ew!hIb3V'))).toEqual([404, 1404]);
    });

    it('bans an address that shows ten dead ids in three minutes', async () => {
      const from = world.stranger();
      const id = await pending();
      for (let guess = 0; guess < 10; guess++) {
        const dead = guess % 2 ? 'no-uuid' : '19738eb3-0183-b148-9420-7cd30a921f58';
        expect((await world.confirm(dead, 'ew!hIb3V', { from })).status).toBe(404);
      }
      const banned = await world.confirm(id, 'ew!hIb3V', { from });
      expect([...refusalOf(banned), banned.headers.get('retry-after')]).toEqual([403, 1403, '180']);
      world.app.clock.advance(180);
      expect((await world.confirm(id, 'ew!hIb3V', { from })).status).toBe(200);
    });

    it('is told of by the audit, without the id or the password', async () => {
      const id = await pending();
      await world.confirm(id, 'short');
      await world.confirm(id, 'ew!hIb3V');
      const rows = await database().database.query<{ event: string }>(
        `SELECT event, actor, domain, target, client_address, detail::text FROM audit_events
         WHERE event LIKE 'self-registration.%' ORDER BY id`,
      );
      expect(rows.map(({ event }) => event)).toEqual([
        'self-registration.created',
        'self-registration.attempt-refused',
        'self-registration.completed',
      ]);
      const everything = JSON.stringify(
        await Promise.all(
          ['audit_events', 'one_time_requests', 'orders', 'messages', 'throttle_counters'].map((table) =>
            database().database.query(`SELECT * FROM ${table}`),
          ),
        ),
      );
      for (const canary of [id, 'ew!hIb3V', 'short']) expect(everything).not.toContain(canary);
    });
  });

  describe('attack 18: an account registered for somebody else’s address', () => {
    it('does not come to be without the mailbox, and a pending one cannot be used to get at the owner’s', async () => {
      await world.register({ login: 'victim', email: 'victim@example.test' }, { from: '203.0.113.66' });
      const attackers = await world.linkId('self_register', 'victim@example.test');
      world.app.clock.advance(300);
      await world.register({ login: 'victim', email: 'victim@example.test' });
      const owners = await world.linkId('self_register', 'victim@example.test');
      expect(owners).not.toBe(attackers);
      expect((await world.confirm(attackers, 'Attacker_1')).status).toBe(404);
      expect((await world.confirm(owners, 'Tq7_lake.9')).status).toBe(200);
      await expect(world.logIn('victim', 'Attacker_1')).rejects.toThrow('401');
    });

    it('made by other means dies, sessions and all, when the owner proves the mailbox', async () => {
      const admin = await world.administrator();
      const made = await world.call('POST', `iam/users?domain=${PBX}`, {
        token: admin,
        body: { login: 'victim', name: 'Victim', pwd: 'Attacker_1', opts: { email: 'victim@example.test' } },
      });
      expect(made.status).toBe(200);
      const session = await world.logIn('victim', 'Attacker_1');
      await world.forgot({ key: 'victim@example.test' });
      expect((await world.recover(await world.linkId('pwd_reset', 'victim@example.test'), 'Tq7_lake.9')).status).toBe(
        200,
      );
      expect((await world.call('GET', 'iam/sessions/current', { token: session })).status).toBe(401);
      await expect(world.logIn('victim', 'Attacker_1')).rejects.toThrow('401');
    });
  });
});
