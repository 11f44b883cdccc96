import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { SessionHousekeeping } from '../../../src/sessions/session-housekeeping.js';
import { Sessions } from '../../../src/sessions/sessions.js';
import { eachDatabase } from '../../support/test-database.js';
import { IamWorld, PBX, refusalOf, type RestReply } from '../iam-world.js';

const JOHN = { domain: 'RCDEVSDOCS', login: 'john', pwd: 'correct horse 2' };
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const cookieOf = ({ headers }: RestReply): string => (headers.get('set-cookie') ?? '').split(';')[0] ?? '';

eachDatabase((database) => {
  let world: IamWorld;

  beforeAll(async () => {
    world = await IamWorld.start(database());
  });
  beforeEach(() => world.begin());
  afterAll(() => world?.stop());

  const logIn = (fields: object = {}, from?: string): Promise<RestReply> =>
    world.call('POST', 'iam/sessions', { body: { ...JOHN, ...fields }, ...(from !== undefined && { from }) });
  const current = (ask: { cookie?: string; token?: string; from?: string }): Promise<RestReply> =>
    world.call('GET', 'iam/sessions/current', ask);

  describe('logging in', () => {
    it('sets a cookie out of reach of scripts and other sites', async () => {
      const answer = await logIn();
      expect([answer.status, answer.body]).toEqual([
        200,
        {
          id: expect.stringMatching(UUID) as string,
          user: { id: expect.stringMatching(UUID) as string, domain: 'RCDEVSDOCS', login: 'john', name: 'John' },
          created: world.app.clock.now().toISOString().replace('.000Z', 'Z'),
          expires: world.app.clock.in(1_800).toISOString().replace('.000Z', 'Z'),
        },
      ]);
      const cookie = answer.headers.get('set-cookie') ?? '';
      expect(cookie).toMatch(/^EraSession=[A-Za-z0-9_-]{43}; Max-Age=1800; Path=\/; HttpOnly; SameSite=Strict$/);
      const shown = await current({ cookie: cookieOf(answer) });
      expect([shown.status, shown.body]).toEqual([200, answer.body]);
    });

    it('answers a token where one is asked for, and no cookie', async () => {
      const answer = await logIn({ session_type: 'api' });
      const token = String(answer.body['session_token']);
      expect(answer.headers.get('set-cookie')).toBeNull();
      expect([token, answer.body['id']]).toEqual([expect.stringMatching(UUID), token]);
      expect((await current({ token })).body).toMatchObject({ id: token, user: { login: 'john' } });
      expect((await current({ token: token.toUpperCase() })).status).toBe(200);
    });

    it('names the cookie as set, and sends it by TLS where people reach us by it', async () => {
      await world.set('session_cookie', 'RSession');
      await world.database.database.query(`UPDATE server_configuration SET public_url = 'https://id.example.test'`);
      await world.set('sessions_per_person', 5);
      const answer = await logIn();
      expect(answer.headers.get('set-cookie')).toMatch(/^RSession=.*; Secure; SameSite=Strict$/);
      expect((await current({ cookie: cookieOf(answer) })).status).toBe(200);
    });

    it('attack 45: is refused alike, whatever is wrong', async () => {
      await database().database.query(`UPDATE builtin_people SET disabled = true WHERE login_key = 'jane doe'`);
      const answers = [
        await logIn({ pwd: 'wrong' }),
        await logIn({ login: 'nobody' }),
        await logIn({ domain: 'nowhere' }),
        await logIn({ login: 'Jane Doe', pwd: 'correct horse 1' }),
        await logIn({ login: '*' }),
      ];
      for (const { status, body } of answers) {
        expect([status, body]).toEqual([401, { error_code: 1401, error_message: 'invalid domain, login or password' }]);
      }
    });

    it.each(['domain', 'login', 'pwd'])('attack 50: needs %s', async (field) => {
      expect(refusalOf(await logIn({ [field]: undefined }))).toEqual([412, 1501, field]);
      expect(refusalOf(await logIn({ [field]: '' }))).toEqual([412, 1501, field]);
      expect(refusalOf(await logIn({ [field]: 5 }))).toEqual([412, 1501, field]);
    });

    it('is not done for a page of another site', async () => {
      const headers = { 'sec-fetch-site': 'cross-site' };
      expect(refusalOf(await world.call('POST', 'iam/sessions', { body: JOHN, headers }))).toEqual([403, 1403]);
    });

    it('leaves a row in the audit, without the password', async () => {
      await logIn();
      await logIn({ pwd: 'canary-pass' });
      const rows = await database().database.query<{ event: string }>(
        `SELECT event, outcome, actor, target, detail::text FROM audit_events WHERE event LIKE 'iam-login.%' ORDER BY id`,
      );
      expect(rows).toMatchObject([
        { event: 'iam-login.completed', outcome: 'success', actor: 'person' },
        { event: 'iam-login.refused', outcome: 'refused', actor: 'anonymous' },
      ]);
      expect(JSON.stringify(rows)).not.toContain('canary-pass');
    });
  });

  describe('a session', () => {
    it('ends with the log-out, and its cookie with it', async () => {
      const cookie = cookieOf(await logIn());
      const out = await world.call('DELETE', 'iam/sessions/current', { cookie });
      expect([out.status, out.body]).toEqual([200, { error_code: 0, result: true, result_msg: 'Logged out' }]);
      expect(out.headers.get('set-cookie')).toMatch(/^EraSession=; Max-Age=0/);
      const after = await current({ cookie });
      expect([after.status, after.body]).toEqual([401, { error_code: 1401, error_message: 'session required' }]);
    });

    it('lives as long as it is used, to its absolute end', async () => {
      await world.set('session_hours', 1);
      const token = await world.logIn('john', JOHN.pwd, JOHN.domain);
      for (let minutes = 0; minutes < 50; minutes += 25) {
        world.app.clock.advance(25 * 60);
        expect((await current({ token })).status).toBe(200);
      }
      world.app.clock.advance(10 * 60);
      expect((await current({ token })).status).toBe(401);
      const idle = await world.logIn('john', JOHN.pwd, JOHN.domain);
      world.app.clock.advance(30 * 60);
      expect((await current({ token: idle })).status).toBe(401);
    });

    it('has its cookie prolonged with it, once a minute', async () => {
      const cookie = cookieOf(await logIn());
      expect((await current({ cookie })).headers.get('set-cookie')).toBeNull();
      world.app.clock.advance(60);
      expect((await current({ cookie })).headers.get('set-cookie')).toMatch(/Max-Age=1800/);
    });

    it('is the one not used for longest that ends with the eleventh', async () => {
      const tokens: string[] = [];
      for (let count = 0; count < 11; count++) {
        world.app.clock.advance(1);
        tokens.push(await world.logIn('john', JOHN.pwd, JOHN.domain));
      }
      const statuses: number[] = [];
      for (const token of tokens) statuses.push((await current({ token })).status);
      expect(statuses).toEqual([401, ...Array.from({ length: 10 }, () => 200)]);
    });

    it('attack 17: dies with the account, the person and the domain', async () => {
      for (const sql of [
        `UPDATE accounts SET state = 'deactivated' WHERE login = 'john'`,
        `UPDATE accounts SET credential_generation = credential_generation + 1 WHERE login = 'john'`,
        `UPDATE builtin_people SET disabled = true WHERE login_key = 'john'`,
        `UPDATE domains SET blocked = true WHERE name = 'RCDEVSDOCS'`,
      ]) {
        const token = await world.logIn('john', JOHN.pwd, JOHN.domain);
        expect((await current({ token })).status).toBe(200);
        await database().database.query(sql);
        await world.set('request_retention_days', 90);
        expect((await current({ token })).status).toBe(401);
        await database().database.query(`UPDATE accounts SET state = 'active'`);
        await database().database.query(`UPDATE builtin_people SET disabled = false`);
        await database().database.query(`UPDATE domains SET blocked = false`);
        await world.set('request_retention_days', 90);
        expect((await current({ token })).status).toBe(sql.includes('state') ? 200 : 401);
      }
    });

    it('attack 19: is not inherited by somebody made again under the same name', async () => {
      const token = await world.logIn('john', JOHN.pwd, JOHN.domain);
      await database().database.query(`UPDATE builtin_people SET id = gen_random_uuid() WHERE login_key = 'john'`);
      expect((await current({ token })).status).toBe(401);
    });

    it('attack 10: is opened by no other secret, and by none of the other kind', async () => {
      const cookie = cookieOf(await logIn());
      const secret = cookie.slice('EraSession='.length);
      const token = await world.logIn('john', JOHN.pwd, JOHN.domain);
      const { email } = await world.newcomer('linked');
      await world.forgot({ key: email });
      const link = await world.linkId('pwd_reset', email);
      const [row] = await database().database.query<{ id: string; secret_digest: string }>(
        `SELECT id, secret_digest FROM sessions WHERE kind = 'cookie'`,
      );
      const from = (): string => world.stranger();
      for (const shown of [secret, link, row?.id ?? '', row?.secret_digest ?? '']) {
        expect((await current({ token: shown, from: from() })).status).toBe(401);
      }
      for (const shown of [token, link, row?.id ?? '', row?.secret_digest ?? '']) {
        expect((await current({ cookie: `EraSession=${shown}`, from: from() })).status).toBe(401);
      }
    });

    it('is shown to nobody who reads the database', async () => {
      const cookie = cookieOf(await logIn());
      const token = await world.logIn('john', JOHN.pwd, JOHN.domain);
      const stored = JSON.stringify(await database().database.query('SELECT * FROM sessions'));
      expect(stored).not.toContain(cookie.slice('EraSession='.length));
      expect(stored).not.toContain(token);
    });

    it('is told from one that never was for a week after its end, and then forgotten', async () => {
      await world.logIn('john', JOHN.pwd, JOHN.domain);
      world.app.clock.advance(8 * 86_400 - 1);
      expect(await world.app.get(SessionHousekeeping).run()).toBe(0);
      world.app.clock.advance(1);
      expect(await world.app.get(SessionHousekeeping).run()).toBe(1);
    });

    it('is listed and ended by the person: one, or all others', async () => {
      const tokens = [];
      for (let count = 0; count < 3; count++) tokens.push(await world.logIn('john', JOHN.pwd, JOHN.domain));
      const { account } = await world.person('john', 'RCDEVSDOCS');
      const sessions = world.app.get(Sessions);
      const [first, second] = await sessions.list(account.id);
      expect(first).toMatchObject({ kind: 'bearer', clientAddress: expect.stringMatching(/^198\./) as string });
      if (!first || !second) return;
      expect(await sessions.end({ accountId: 'aaaaaaaa-0000-4000-8000-000000000000', id: first.id })).toBe(false);
      expect(await sessions.end(first)).toBe(true);
      expect(await sessions.end(first)).toBe(false);
      expect(await sessions.endOthers(second)).toBe(1);
      expect((await sessions.list(account.id)).map(({ id }) => id)).toEqual([second.id]);
    });
  });

  describe('changes by cookie', () => {
    it('are refused when another site starts them, or when they do not say what they are', async () => {
      const cookie = cookieOf(await logIn());
      const body = { current_pwd: JOHN.pwd, new_pwd: 'Tq7_lake.9' };
      const post = (ask: object): Promise<RestReply> =>
        world.call('POST', 'iam/pwd_reset_requests', { body, cookie, ...ask });
      for (const site of ['cross-site', 'same-site'])
        expect(refusalOf(await post({ headers: { 'sec-fetch-site': site } }))).toEqual([403, 1403]);
      expect(refusalOf(await post({ type: null }))).toEqual([415, 1415]);
      expect(refusalOf(await post({ type: 'text/plain' }))).toEqual([415, 1415]);
      expect((await post({ headers: { 'sec-fetch-site': 'same-origin' } })).status).toBe(200);
    });
  });

  describe('the ban filter', () => {
    it('turns an address away after five failures in three minutes, whatever it asks, and lets it in again', async () => {
      const from = world.stranger();
      for (let guess = 0; guess < 5; guess++) expect((await logIn({ login: `no${guess}` }, from)).status).toBe(401);
      const banned = await logIn({}, from);
      expect([...refusalOf(banned), banned.headers.get('retry-after')]).toEqual([403, 1403, '180']);
      expect((await world.forgot({ key: 'x', domain: PBX }, { from })).status).toBe(403);
      expect((await logIn({}, world.stranger())).status).toBe(200);
      world.app.clock.advance(180);
      expect((await logIn({}, from)).status).toBe(200);
    });

    it('counts session ids that were never given out, and not those that are over', async () => {
      const token = await world.logIn('john', JOHN.pwd, JOHN.domain);
      await world.call('DELETE', 'iam/sessions/current', { token });
      const from = world.stranger();
      for (let use = 0; use < 8; use++) expect((await current({ token, from })).status).toBe(401);
      for (let use = 0; use < 5; use++) {
        const unknown = `19738eb3-0183-4148-9420-7cd30a921f5${use}`;
        expect((await current({ token: unknown, from })).status).toBe(401);
      }
      expect(refusalOf(await current({ token, from }))).toEqual([403, 1403]);
    });

    it('attack 32: counts IPv6 by /64, in whatever spelling', async () => {
      for (let guess = 0; guess < 5; guess++) {
        const from = ['2001:db8:1:2::1', '2001:DB8:1:2:ffff::9', '2001:0db8:0001:0002::7'][guess % 3];
        expect((await logIn({ login: `no${guess}` }, from)).status).toBe(401);
      }
      expect((await logIn({}, '2001:db8:1:2:aaaa:bbbb:cccc:dddd')).status).toBe(403);
      expect((await logIn({}, '2001:db8:1:3::1')).status).toBe(200);
    });

    it('attack 26: lets no more than five guesses be looked at when they come at once', async () => {
      const from = world.stranger();
      const guesses = Array.from({ length: 40 }, (_, guess) => logIn({ login: `no${guess}` }, from));
      const statuses = (await Promise.all(guesses)).map(({ status }) => status);
      expect(statuses.filter((status) => status === 401)).toHaveLength(5);
      expect(statuses.filter((status) => status === 403)).toHaveLength(35);
    });

    it('attack 31: locks nobody out for others', async () => {
      for (let guess = 0; guess < 12; guess++) await logIn({ pwd: `wrong ${guess}` });
      const home = world.stranger();
      world.app.clock.advance(1_800);
      expect((await logIn({}, home)).status).toBe(200);
      for (let guess = 0; guess < 12; guess++) await logIn({ pwd: `wrong ${guess}` });
      expect((await logIn({}, home)).status).toBe(200);
    });
  });
});
