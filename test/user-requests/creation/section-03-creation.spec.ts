import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { eachDatabase } from '../../support/test-database.js';
import { type ApiReply, type CallerName, DOMAIN, RECEIPT, RequestsWorld } from '../requests-world.js';

const asAdmin = { as: 'domainAdmin' } as const;

/** Status and text of a refusal. */
const refusal = ({ status, text }: ApiReply): [number, string] => [status, text];
const json = (error: string): string => JSON.stringify({ error });
const NOT_PERMITTED = [403, json('not permitted')];
const UNKNOWN = [404, json('user not found')];

eachDatabase((database) => {
  let world: RequestsWorld;

  beforeAll(async () => {
    world = await RequestsWorld.start(database());
  });
  beforeEach(() => world.begin());
  afterAll(() => world?.stop());

  describe('the answer', () => {
    it('is number and code as plain text, kept by nobody', async () => {
      const answer = await world.ask('LOGIN_UNATTENDED', 'username1', asAdmin);
      expect([answer.status, answer.headers.get('content-type'), answer.headers.get('cache-control')]).toEqual([
        200,
        'text/plain; charset=utf-8',
        'no-store',
      ]);
      expect(answer.text).toMatch(RECEIPT);
    });

    it('is the same below /belladati', async () => {
      const form = { request_type: 'LOGIN' };
      expect((await world.api('/belladati/api/users/username1/requests', form, asAdmin)).text).toMatch(RECEIPT);
    });

    it('is 405 for every other verb', async () => {
      for (const method of ['GET', 'PUT', 'DELETE', 'PATCH']) {
        const answer = await world.api('/api/users/username1/requests', '', { method, ...asAdmin });
        expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'POST']);
      }
      expect(await world.rows()).toEqual([]);
    });
  });

  describe('the order of validation', () => {
    it('takes a bad header for an error even where none is needed', async () => {
      const headers = { authorization: 'OAuth oauth_consumer_key="nobody", oauth_token="x"' };
      const answer = await world.ask('PASSWORD_RESET', 'username1', { headers });
      expect(refusal(answer)).toEqual([400, 'oauth_problem=invalid_consumer']);
    });

    it('wants a known type before it asks who calls', async () => {
      expect(refusal(await world.api('/api/users/username1/requests', {}))).toEqual([
        400,
        json('request_type: missing'),
      ]);
      for (const type of ['login', 'LOGIN ', 'RESET', '__proto__', 'toString']) {
        expect(refusal(await world.ask(type, 'username1'))).toEqual([400, json('request_type: unknown value')]);
      }
    });

    it('takes no type twice', async () => {
      const answer = await world.api('/api/users/username1/requests', 'request_type=LOGIN&request_type=LOGIN', asAdmin);
      expect(answer.status).toBe(400);
    });

    it('wants to know who calls, for all types but two', async () => {
      for (const type of ['LOGIN', 'LOGIN_UNATTENDED', 'PASSWORD_SET', 'CUSTOM']) {
        const answer = await world.ask(type, 'username1', { form: { requestPin: 'perhaps' } });
        expect(refusal(answer)).toEqual([401, 'oauth_problem=missing_token']);
      }
    });

    it('looks at the role before the words, and at the words before the person', async () => {
      const form = { requestPin: 'perhaps' };
      expect(refusal(await world.ask('LOGIN', 'nobody at all', { as: 'nobody', form }))).toEqual(NOT_PERMITTED);
      expect(refusal(await world.ask('LOGIN', 'nobody at all', { ...asAdmin, form }))).toEqual([
        400,
        json('requestPin: unknown value'),
      ]);
      expect(refusal(await world.ask('CUSTOM', 'nobody at all', { ...asAdmin, form: { endpoint: '/api/x' } }))).toEqual(
        [400, json('endpoint not allowed')],
      );
      expect(refusal(await world.ask('LOGIN', 'nobody at all', asAdmin))).toEqual(UNKNOWN);
    });

    it('takes true and false for requestPin, and no other word', async () => {
      for (const word of ['TRUE', '1', 'yes', '', ' true']) {
        const answer = await world.ask('PASSWORD_RESET', 'username1', { ...asAdmin, form: { requestPin: word } });
        expect(answer.status).toBe(400);
      }
      for (const word of ['true', 'false']) {
        const answer = await world.ask('PASSWORD_RESET', 'username1', { ...asAdmin, form: { requestPin: word } });
        expect(answer.status).toBe(200);
      }
    });
  });

  describe('roles and reach (section 2)', () => {
    const ALL = ['LOGIN', 'LOGIN_UNATTENDED', 'PASSWORD_SET', 'PASSWORD_RESET', 'UNLOCK_ACCOUNT'];

    async function statuses(as: CallerName, username: string): Promise<Record<string, number>> {
      const entries: [string, number][] = [];
      for (const type of ALL) entries.push([type, (await world.ask(type, username, { as })).status]);
      return Object.fromEntries(entries);
    }

    const HELP_ONLY = {
      LOGIN: 403,
      LOGIN_UNATTENDED: 403,
      PASSWORD_SET: 200,
      PASSWORD_RESET: 200,
      UNLOCK_ACCOUNT: 200,
    };
    const EVERYTHING = {
      LOGIN: 200,
      LOGIN_UNATTENDED: 200,
      PASSWORD_SET: 200,
      PASSWORD_RESET: 200,
      UNLOCK_ACCOUNT: 200,
    };
    const NOTHING = { LOGIN: 403, LOGIN_UNATTENDED: 403, PASSWORD_SET: 403, PASSWORD_RESET: 403, UNLOCK_ACCOUNT: 403 };

    it('attack 65: a user manager helps, and never logs in as anybody', async () => {
      expect(await statuses('userManager', 'username1')).toEqual(HELP_ONLY);
      for (const admin of ['manager1', 'chief1', 'helper1'])
        expect(await statuses('userManager', admin)).toEqual(NOTHING);
    });

    it('attack 65: a domain administrator logs in as nobody who holds a role', async () => {
      expect(await statuses('domainAdmin', 'username1')).toEqual(EVERYTHING);
      expect(await statuses('domainAdmin', 'helper1')).toEqual(HELP_ONLY);
      expect(await statuses('domainAdmin', 'second1')).toEqual(HELP_ONLY);
      expect(await statuses('domainAdmin', 'chief1')).toEqual(NOTHING);
    });

    it('attack 65: a global administrator reaches everybody, also by the consumer of another domain', async () => {
      for (const anybody of ['username1', 'manager1', 'chief1', 'Jane Doe', 'administrator']) {
        expect(await statuses('globalAdmin', anybody)).toEqual(EVERYTHING);
      }
    });

    it('attack 65: nobody without a role asks for anybody, not even for themselves', async () => {
      expect(await statuses('nobody', 'username1')).toEqual(NOTHING);
    });

    it('attack 65: people of other domains look like unknown ones', async () => {
      for (const as of ['domainAdmin', 'userManager'] as const) {
        expect(refusal(await world.ask('PASSWORD_RESET', 'Jane Doe', { as }))).toEqual(UNKNOWN);
        expect(refusal(await world.ask('PASSWORD_RESET', 'who?', { as }))).toEqual(UNKNOWN);
      }
    });

    it('prefers the domain of the consumer, and among others takes a name only when it is one person’s', async () => {
      const { number } = await world.given('LOGIN', 'john', { as: 'globalAdmin' });
      expect((await world.row(number))['domain_id']).toBe((await world.house.domain(DOMAIN)).id);
    });

    it('audits who asked, for whom and from where', async () => {
      await world.given('LOGIN', 'username1', { ...asAdmin, from: '198.51.100.7' });
      const [event] = await database().database.query<Record<string, unknown>>(
        `SELECT * FROM audit_events WHERE event = 'user-login.created'`,
      );
      expect(event).toMatchObject({
        actor: 'domain 1\\manager1',
        client_address: '198.51.100.7',
        target: 'cn=username1,dc=domain 1',
        domain: DOMAIN,
      });
    });
  });

  describe('the name in the path', () => {
    it('is a login without regard to case', async () => {
      const { number } = await world.given('LOGIN', 'USERNAME1', asAdmin);
      expect((await world.row(number))['account_login']).toBe('username1');
    });

    it('may hold blanks, in any domain that the caller reaches', async () => {
      expect((await world.ask('LOGIN', 'Jane Doe', { as: 'globalAdmin' })).status).toBe(200);
      const plus = await world.api('/api/users/Jane+Doe/requests', { request_type: 'LOGIN' }, { as: 'globalAdmin' });
      expect(refusal(plus)).toEqual(UNKNOWN);
    });

    it('attack 63: is nobody’s when no directory could hold it, and never a fault', async () => {
      const odd = ['%00', 'username1%00', 'a%2Fb', '..%2Fusername1', '%2B', '%25', '%F0%9F%98%80', 'x'.repeat(3_000)];
      for (const name of odd) {
        const answer = await world.api(`/api/users/${name}/requests`, { request_type: 'LOGIN' }, asAdmin);
        expect([name.slice(0, 20), ...refusal(answer)]).toEqual([name.slice(0, 20), ...UNKNOWN]);
        const anonymous = await world.api(`/api/users/${name}/requests`, { request_type: 'PASSWORD_RESET' });
        expect(anonymous.text).toMatch(RECEIPT);
      }
      await world.settle();
      expect((await world.rows()).map((row) => row['account_id'])).toEqual(odd.map(() => null));
      const malformed = await world.api('/api/users/%E0%A4%A/requests', { request_type: 'LOGIN' }, asAdmin);
      expect(malformed.status).toBe(400);
    });

    it('has to be the mail address where the domain logs in with email', async () => {
      expect(refusal(await world.ask('LOGIN', 'username1@example.test', asAdmin))).toEqual(UNKNOWN);
      await world.house.set('login_with_email', true, DOMAIN);
      expect((await world.ask('LOGIN', 'UserName1@example.test', asAdmin)).status).toBe(200);
      expect(refusal(await world.ask('LOGIN', 'username1', asAdmin))).toEqual(UNKNOWN);
    });
  });

  describe('the state of the person', () => {
    it('has to be active for logging in and a forgotten password', async () => {
      for (const type of ['LOGIN', 'LOGIN_UNATTENDED', 'PASSWORD_RESET']) {
        expect(refusal(await world.ask(type, 'idle1', asAdmin))).toEqual([400, json('user is not active')]);
      }
      for (const type of ['PASSWORD_SET', 'UNLOCK_ACCOUNT']) {
        expect((await world.ask(type, 'idle1', asAdmin)).status).toBe(200);
      }
    });

    it('has to have an address where the caller’s code alone is not enough', async () => {
      const noMail = [400, json('user has no email')];
      expect(refusal(await world.ask('PASSWORD_RESET', 'nomail1', asAdmin))).toEqual(noMail);
      expect(refusal(await world.ask('LOGIN', 'nomail1', { ...asAdmin, form: { requestPin: 'true' } }))).toEqual(
        noMail,
      );
      for (const type of ['LOGIN', 'LOGIN_UNATTENDED', 'PASSWORD_SET', 'UNLOCK_ACCOUNT']) {
        const { number } = await world.given(type, 'nomail1', asAdmin);
        expect(await world.row(number)).toMatchObject({ state: 'sent', receipt_opens: true, delivery_method: 'NONE' });
      }
      await world.house.set('receipt_codes_for_all', true, DOMAIN);
      expect(refusal(await world.ask('UNLOCK_ACCOUNT', 'nomail1', asAdmin))).toEqual(noMail);
    });
  });

  describe('what is written down', () => {
    const VALIDITY = {
      LOGIN_UNATTENDED: 30,
      LOGIN: 300,
      PASSWORD_SET: 259_200,
      PASSWORD_RESET: 86_400,
      UNLOCK_ACCOUNT: 86_400,
    };

    it('lives as long as its type says', async () => {
      for (const [type, seconds] of Object.entries(VALIDITY)) {
        const { number } = await world.given(type, 'username1', asAdmin);
        const { created_at: from, expires_at: to } = await world.row(number);
        expect([type, (Number(to) - Number(from)) / 1_000]).toEqual([type, seconds]);
      }
      await world.house.set('validity_login', 77);
      const { number } = await world.given('LOGIN', 'username1', asAdmin);
      const { created_at: from, expires_at: to } = await world.row(number);
      expect((Number(to) - Number(from)) / 1_000).toBe(77);
    });

    it('opens by the caller’s code, unless that is only a receipt', async () => {
      for (const type of Object.keys(VALIDITY)) {
        const { number } = await world.given(type, 'username1', asAdmin);
        expect(await world.row(number)).toMatchObject({ receipt_opens: true });
      }
      await world.house.set('receipt_codes_for_all', true, DOMAIN);
      for (const [type, opens] of Object.entries({
        PASSWORD_SET: true,
        PASSWORD_RESET: false,
        UNLOCK_ACCOUNT: false,
      })) {
        const { number } = await world.given(type, 'username1', asAdmin);
        expect([type, await world.row(number)]).toMatchObject([type, { receipt_opens: opens }]);
      }
    });

    it('has a PIN as long, as long-lived and as patient as the settings say', async () => {
      const { number } = await world.given('PASSWORD_SET', 'username1', { ...asAdmin, form: { requestPin: 'true' } });
      const row = await world.row(number);
      expect(row).toMatchObject({ pin_attempt_limit: 5, payload: { withPin: true, anonymous: false } });
      expect((Number(row['pin_expires_at']) - Number(row['created_at'])) / 1_000).toBe(600);
      expect(await world.pinTo('username1@example.test')).toMatch(/^\d{6}$/);
      await world.house.set('pin_length', 8);
      await world.house.set('pin_tries', 3);
      await world.house.set('pin_validity', 60);
      const other = await world.given('LOGIN', 'username1', { ...asAdmin, form: { requestPin: 'true' } });
      const changed = await world.row(other.number);
      expect(changed['pin_attempt_limit']).toBe(3);
      expect((Number(changed['pin_expires_at']) - Number(changed['created_at'])) / 1_000).toBe(60);
      expect(await world.pinTo('username1@example.test')).toMatch(/^\d{8}$/);
    });

    it('holds none of its secrets, nor does the audit', async () => {
      const { code } = await world.given('PASSWORD_RESET', 'username1', asAdmin);
      const link = (await world.linkTo('username1@example.test')).split('/').at(-1) ?? '';
      const tables = await Promise.all(
        ['one_time_requests', 'audit_events', 'messages', 'orders', 'throttle_counters'].map((table) =>
          database().database.query(`SELECT * FROM ${table}`),
        ),
      );
      const stored = JSON.stringify(tables);
      expect([stored.includes(code), stored.includes(link)]).toEqual([false, false]);
    });

    it('attack 12: ends an older one of its type, except of unattended log-ins', async () => {
      for (const type of Object.keys(VALIDITY)) {
        const first = await world.given(type, 'username1', asAdmin);
        const second = await world.given(type, 'username1', asAdmin);
        const states = [(await world.row(first.number))['state'], (await world.row(second.number))['state']];
        expect([type, ...states]).toEqual([type, type === 'LOGIN_UNATTENDED' ? 'sent' : 'cancelled', 'sent']);
      }
    });
  });

  describe('letters', () => {
    it('are sent for a link that the person is to follow, and not for logging in', async () => {
      for (const type of ['LOGIN', 'LOGIN_UNATTENDED']) await world.given(type, 'username1', asAdmin);
      expect(await world.letters('username1@example.test')).toEqual([]);
      for (const type of ['PASSWORD_SET', 'PASSWORD_RESET', 'UNLOCK_ACCOUNT']) {
        const { number, code } = await world.given(type, 'username1', asAdmin);
        const [letter] = await world.letters('username1@example.test');
        expect(letter?.text).toContain(`${world.house.app.url}/user/processRequest/${number}/`);
        expect(letter?.text).toContain('Asked for by: domain 1\\manager1');
        expect(letter?.text).not.toContain(code);
        expect(await world.row(number)).toMatchObject({ state: 'sent', delivery_method: 'MAIL' });
      }
    });

    it('are sent for logging in where the domain wishes it', async () => {
      await world.house.set('mail_login_links', true, DOMAIN);
      await world.given('LOGIN_UNATTENDED', 'username1', asAdmin);
      expect(await world.letters('username1@example.test')).toEqual([]);
      const { number } = await world.given('LOGIN', 'username1', asAdmin);
      expect(await world.linkTo('username1@example.test')).toContain(`/user/processRequest/${number}/`);
    });

    it('hold a PIN, what it is for, and no link', async () => {
      for (const type of ['LOGIN_UNATTENDED', 'LOGIN', 'PASSWORD_SET', 'PASSWORD_RESET', 'UNLOCK_ACCOUNT']) {
        await world.given(type, 'username1', { ...asAdmin, form: { requestPin: 'true' } });
        const [letter] = await world.letters('username1@example.test');
        expect(letter?.subject).toBe('Your PIN for domain 1');
        expect(`${letter?.text}${letter?.html}`).not.toMatch(/https?:|href/);
      }
    });

    it('go by SMS where the domain sends its links so', async () => {
      await world.house.set('link_delivery_mode', 'SMS', 'RCDEVSDOCS');
      await world.given('PASSWORD_RESET', 'Jane Doe', { as: 'globalAdmin' });
      const [sms] = await world.letters('+35226000001');
      expect(sms).toMatchObject({ channel: 'SMS' });
      expect(sms?.text).toMatch(/\/user\/processRequest\/\d+\/[A-Za-z0-9]{50}$/);
    });

    it('go by mail where the domain leaves links to callers: strangers must not have them', async () => {
      await world.house.set('link_delivery_mode', 'NONE', DOMAIN);
      await world.given('PASSWORD_RESET', 'username1');
      expect(await world.linkTo('username1@example.test')).toMatch(/processRequest/);
    });

    it('are in the language that the caller names, where the person’s is not known', async () => {
      await world.api('/api/users/username1/requests?locale=fr-FR', { request_type: 'PASSWORD_RESET' }, asAdmin);
      expect((await world.letters('username1@example.test'))[0]?.subject).toBe('Nouveau mot de passe pour domain 1');
      const odd = await world.api(
        '/api/users/username1/requests?locale=../..',
        { request_type: 'UNLOCK_ACCOUNT' },
        asAdmin,
      );
      expect(odd.status).toBe(200);
    });

    it('attacks 1 to 3: link to the configured address, whatever the headers say', async () => {
      const headers = {
        'x-forwarded-host': 'evil.test',
        'x-forwarded-proto': 'javascript',
        'x-original-url': 'https://evil.test/',
        forwarded: 'host=evil.test;proto=http',
        'x-forwarded-port': '666',
        origin: 'https://evil.test',
        referer: 'https://evil.test/',
      };
      for (const as of [undefined, 'domainAdmin'] as const) {
        await world.ask('PASSWORD_RESET', 'username1', { as, headers });
        const letters = await world.letters('username1@example.test');
        expect(JSON.stringify(letters)).not.toContain('evil');
        expect(letters[0]?.text).toContain(`${world.house.app.url}/user/processRequest/`);
      }
    });

    it('attack 14: go to the address in the directory, whatever else the call names', async () => {
      const form = {
        email: 'evil@evil.test',
        to: 'evil@evil.test',
        'email[]': 'evil@evil.test',
        phone: '+999',
        mobile: '+999',
      };
      await world.given('PASSWORD_RESET', 'username1', { form });
      await world.given('PASSWORD_SET', 'username1', { ...asAdmin, form });
      await world.settle();
      const recipients = (await world.house.app.mailbox()).map(({ to }) => to);
      expect(new Set(recipients)).toEqual(new Set(['username1@example.test']));
    });

    it('attack 8: are about the person of the path, whoever else the call names', async () => {
      const form = { username: 'manager1', user: 'manager1', id: '1', domain_id: 'RCDEVSDOCS' };
      const { number } = await world.given('PASSWORD_RESET', 'username1', { ...asAdmin, form });
      expect((await world.row(number))['account_login']).toBe('username1');
    });
  });
});
