import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { plainSecret } from '../../../src/core/crypto/secret-types.js';
import { KeyRing } from '../../../src/core/crypto/key-ring.js';
import { Database } from '../../../src/core/database/database.js';
import { Accounts } from '../../../src/core/directory/accounts.js';
import type { BuiltinPerson } from '../../../src/core/directory/builtin/builtin-person.entity.js';
import { OneTimeRequests } from '../../../src/core/requests/one-time-requests.js';
import type { Browserless, SeenPage } from '../../support/browserless.js';
import { basic, INVALID_LOGIN, refusal } from './answers.js';
import { databaseOfSuite } from './database-of-suite.js';
import { NEW_PASSWORD, OLD_PASSWORD, SEND, World } from './world.js';

const LANDING_URL = '/webapps/pwreset/';
const PASSWORD_URL = '/webapps/pwreset/password';

describe('attacks on links and page sessions', () => {
  const database = databaseOfSuite();
  let world: World;
  let jane: BuiltinPerson;
  let john: BuiltinPerson;

  beforeAll(async () => {
    world = await World.start(database());
  });
  beforeEach(async () => {
    await world.calm();
    [jane, john] = [await world.person(), await world.person()];
  });
  afterAll(() => world.stop());

  const change = { password: NEW_PASSWORD, repeated: NEW_PASSWORD };
  const cookieOf = (response: Response): string => response.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  const open = (req: string, more: Record<string, string> = {}): Promise<Response> =>
    fetch(`${world.app.url}${LANDING_URL}`, {
      method: 'POST',
      redirect: 'manual',
      body: new URLSearchParams({ req, ...more }),
    });

  describe("attack 8: the link of one person changes that person's password, whoever else is named", () => {
    const NAMES = ['username', 'user', 'login', 'id', 'uid', 'dn', 'account', 'accountId', 'domain', 'mail', 'target'];

    it('in the query, in both forms and in cookies', async () => {
      const link = await world.link(jane);
      const [account] = await world.query<{ id: string }>('SELECT id FROM accounts WHERE directory_key = $1', [
        jane.id,
      ]);
      const other: Record<string, string> = Object.fromEntries(NAMES.map((name) => [name, john.login]));
      Object.assign(other, { id: john.id, dn: `cn=${john.login},dc=ACME`, accountId: account?.id ?? '' });
      const browser = world.browser({
        'accept-language': 'en',
        'x-user': john.login,
        'x-remote-user': john.login,
        'x-forwarded-user': john.login,
      });
      const landing = await browser.get(`${link}&${new URLSearchParams(other).toString()}`);
      expect(landing.html).toContain(jane.displayName);
      const form = await browser.submit(landing, other);
      expect(form.html).toContain(jane.login);
      expect((await browser.submit(form, { ...other, ...change })).status).toBe(200);
      expect(await world.opens(jane, NEW_PASSWORD)).toBe(true);
      expect(await world.opens(john, OLD_PASSWORD)).toBe(true);
    });

    it('with the page session of the one and the form of the other', async () => {
      const [first, second] = [await world.open(await world.link(jane)), await world.open(await world.link(john))];
      expect((await second.browser.submit(first.form, change)).status).toBe(400);
      expect(await world.opens(jane, OLD_PASSWORD)).toBe(true);
      expect(await world.opens(john, OLD_PASSWORD)).toBe(true);
    });
  });

  describe('attack 9 and 10: each secret is good for its one purpose only', () => {
    /** Everything secret or secret-looking that a job makes, by its kind. */
    async function artefacts(): Promise<Record<string, string>> {
      const link = await world.link(jane);
      const opened = await open((await world.link(john)).slice(-43));
      const session = cookieOf(opened).slice('latchkey_pwreset='.length);
      const form = await fetch(`${world.app.url}${PASSWORD_URL}`, { headers: { cookie: cookieOf(opened) } });
      const csrf = /name="csrf" value="([^"]+)"/.exec(await form.text())?.[1] ?? '';
      const [request] = await world.query<Record<string, string>>(
        'SELECT id, number, link_digest FROM one_time_requests WHERE link_digest IS NOT NULL ORDER BY number DESC LIMIT 1',
      );
      const [openedRow] = await world.query<Record<string, string>>(
        "SELECT page_session_digest FROM one_time_requests WHERE state = 'opened' ORDER BY number DESC LIMIT 1",
      );
      return {
        link: link.slice(-43),
        'page session': session,
        'CSRF value': csrf,
        'request id': request?.['id'] ?? '',
        'request number': String(request?.['number']),
        'digest of the link': request?.['link_digest'] ?? '',
        'bare digest of the link': (request?.['link_digest'] ?? '').replace(/^[^.]*\./, ''),
        'digest of the page session': openedRow?.['page_session_digest'] ?? '',
        'link of another purpose': await linkOfAnotherPurpose(),
      };
    }

    /** As the next features will make them. */
    async function linkOfAnotherPurpose(): Promise<string> {
      const [row] = await world.query<{ id: string }>('SELECT id FROM accounts WHERE directory_key = $1', [jane.id]);
      const domain = await world.domain();
      return world.app.get(Database).transaction(async (tx) => {
        const account = await world.app.get(Accounts).lock(tx, row?.id ?? '');
        const purpose = { name: 'token-enrolment', attemptLimit: 5, supersedes: 'account' as const };
        const creator = { label: 'test', accountId: null, address: null };
        const { link } = await world.app.get(OneTimeRequests).create(tx, {
          purpose,
          domain,
          account,
          login: jane.login,
          creator,
          validSeconds: 3_600,
          deliveryMethod: 'NONE',
        });
        return link;
      });
    }

    it('as a link', async () => {
      const { link, ...others } = await artefacts();
      for (const [kind, secret] of Object.entries(others)) {
        const looked = await fetch(`${world.app.url}${LANDING_URL}?${new URLSearchParams({ req: secret }).toString()}`);
        expect([kind, looked.status, (await open(secret)).status]).toEqual([kind, 404, 404]);
      }
      expect((await open(link ?? '')).status).toBe(303);
    });

    it('as a page session', async () => {
      const { 'page session': session, ...others } = await artefacts();
      const form = (secret: string | undefined): Promise<Response> =>
        fetch(`${world.app.url}${PASSWORD_URL}`, { headers: { cookie: `latchkey_pwreset=${secret}` } });
      for (const [kind, secret] of Object.entries(others)) {
        expect([kind, (await form(secret)).status]).toEqual([kind, 404]);
      }
      expect((await form(session)).status).toBe(200);
    });

    it('as a CSRF value', async () => {
      const { 'CSRF value': good, 'page session': session, ...others } = await artefacts();
      const submit = (csrf: string | undefined): Promise<Response> =>
        fetch(`${world.app.url}${PASSWORD_URL}`, {
          method: 'POST',
          redirect: 'manual',
          headers: { cookie: `latchkey_pwreset=${session}` },
          body: new URLSearchParams({ csrf: csrf ?? '', ...change }),
        });
      for (const [kind, secret] of Object.entries(others)) {
        expect([kind, (await submit(secret)).status]).toEqual([kind, 400]);
      }
      expect((await submit(good)).status).toBe(303);
    });

    it('as the confirmation, which only we can seal', async () => {
      const done = (cookie: string): Promise<Response> =>
        fetch(`${world.app.url}/webapps/pwreset/done`, { headers: { cookie } });
      for (const [kind, secret] of Object.entries(await artefacts())) {
        expect([kind, (await done(`latchkey_pwreset_done=${secret}`)).status]).toEqual([kind, 404]);
      }
      const sealedForElse = world.app
        .get(KeyRing)
        .seal(plainSecret('{"domainName":"ACME","stillLocked":false}'), 'message');
      expect((await done(`latchkey_pwreset_done=${sealedForElse}`)).status).toBe(404);
    });

    it('as credentials of an administrator', async () => {
      for (const secret of Object.values(await artefacts())) {
        await world.calm();
        const asPassword = await fetch(`${world.app.url}/manag/`, {
          method: 'POST',
          body: JSON.stringify({ jsonrpc: '2.0', method: SEND, params: {}, id: 0 }),
          headers: { authorization: basic('ACME\\helper', secret) },
        });
        expect(await asPassword.json()).toEqual(INVALID_LOGIN);
        const disguises: Record<string, string>[] = [
          { authorization: `Bearer ${secret}` },
          { cookie: `latchkey_pwreset=${secret}` },
        ];
        for (const headers of disguises) {
          const response = await fetch(`${world.app.url}/manag/`, {
            method: 'POST',
            body: '{}',
            headers,
          });
          expect([response.status, await response.json()]).toEqual([401, refusal('Authentication required')]);
        }
      }
    });
  });

  describe('attack 12: of several links only the newest lives', () => {
    it('five are sent; the first four are dead, used in any order', async () => {
      const links: string[] = [];
      for (let made = 0; made < 5; made++) links.push((await world.link(jane)).slice(-43));
      const newest = links.pop() ?? '';
      for (const link of [links[2], links[0], links[3], links[1]]) expect((await open(link ?? '')).status).toBe(404);
      expect((await open(newest)).status).toBe(303);
    });

    it.each([
      ['mail', { mail: 'moved@acme.test' }],
      ['phone', { mobile: '+35226555555' }],
    ])('a changed %s kills what was sent, and a new link to the new address works', async (_what, moved) => {
      const old = (await world.link(jane, { method: 'MAILSMS' })).slice(-43);
      await world.change(jane, moved);
      expect((await open(old)).status).toBe(404);
      const link = await world.link(jane, { method: 'MAILSMS' });
      expect((await world.reset(link)).status).toBe(200);
      expect(await world.messages({ mail: null, mobile: null, ...moved })).not.toEqual([]);
    });
  });

  describe('attack 14: nothing that the client holds decides where a message goes', () => {
    it("the notice goes to the directory's address, whatever the forms say", async () => {
      const evil = {
        mail: 'eve@evil.test',
        email: 'eve@evil.test',
        to: 'eve@evil.test',
        mobile: '+33600000000',
        language: 'ru',
      };
      const browser = world.browser();
      const form = await browser.submit(await browser.get(await world.link(jane)), evil);
      await browser.submit(form, { ...evil, ...change });
      const sent = await world.app.mailbox();
      await world.settle();
      expect((await world.app.mailbox())[0]).toMatchObject({
        to: jane.mail,
        subject: expect.stringContaining('changed') as string,
      });
      expect(JSON.stringify(sent)).not.toContain('evil');
    });
  });

  describe('attack 70: no secret in an address that leaves the landing page', () => {
    it('from the pressed button on, no URL, redirect, form action or link holds one', async () => {
      const link = await world.link(jane);
      const secret = link.slice(-43);
      const opened = await open(secret);
      const cookie = cookieOf(opened);
      const session = cookie.slice('latchkey_pwreset='.length);
      expect(opened.headers.get('location')).toBe(PASSWORD_URL);
      const form = await fetch(`${world.app.url}${PASSWORD_URL}`, { headers: { cookie } });
      const html = await form.text();
      expect(html).not.toContain(secret);
      expect(html).not.toContain(session);
      const addresses = [...html.matchAll(/(?:href|src|action)="([^"]*)"/g)].map((match) => match[1] ?? '');
      expect(addresses.length).toBeGreaterThan(3);
      for (const address of addresses) expect(address).not.toMatch(/csrf|[\w-]{43}/);
    });

    it('the landing page sends no referrer and loads nothing from elsewhere', async () => {
      const page = await fetch(await world.link(jane));
      expect(page.headers.get('referrer-policy')).toBe('no-referrer');
      const addresses = [...(await page.text()).matchAll(/(?:href|src|action)="([^"]*)"/g)].map(
        (match) => match[1] ?? '',
      );
      for (const address of addresses) expect(address).toMatch(/^(?:\/(?!\/)|\?|#)/);
    });

    it('secrets in the path or in other parameters are not taken', async () => {
      const secret = (await world.link(jane)).slice(-43);
      for (const path of [
        `/webapps/pwreset/${secret}`,
        `/webapps/pwreset/?token=${secret}`,
        `/webapps/pwreset/password?req=${secret}`,
      ]) {
        expect((await fetch(`${world.app.url}${path}`)).status).toBe(404);
      }
      expect((await world.requests(jane))[0]?.state).toBe('sent');
    });
  });

  it('attack 11: of thirty pressed buttons at once one opens the link', async () => {
    const secret = (await world.link(jane)).slice(-43);
    await world.query('UPDATE throttle_counters SET count = 0');
    const statuses = (await Promise.all(Array.from({ length: 30 }, () => open(secret)))).map(({ status }) => status);
    expect(statuses.filter((status) => status === 303)).toHaveLength(1);
    expect(statuses.filter((status) => status === 404)).toHaveLength(29);
  });

  it('attack 11: of thirty different passwords at once one is set, with one notice and one completion', async () => {
    const { browser, form } = await world.open(await world.link(jane));
    const passwords = Array.from({ length: 30 }, (_, index) => `Quiet harbour ${index}`);
    const results = await Promise.all(passwords.map((password) => send(browser, form, password)));
    expect(results.filter(({ url }) => url.endsWith('/done'))).toHaveLength(1);
    const opening: string[] = [];
    for (const password of passwords) if (await opensOnce(password)) opening.push(password);
    expect(opening).toHaveLength(1);
    expect(await world.messages(jane)).toHaveLength(1);
    const [request] = await world.requests(jane);
    const completed = (await world.audit({ event: 'password-reset.completed' })).filter(
      ({ request_id }) => request_id === request?.id,
    );
    expect(completed).toHaveLength(1);
  });

  const send = (browser: Browserless, form: SeenPage, password: string): Promise<SeenPage> =>
    browser.submit(form, { password, repeated: password });
  /** Without the lock that so many wrong ones would bring about. */
  const opensOnce = async (password: string): Promise<boolean> => {
    await world.query('UPDATE builtin_people SET failed_logins = 0, locked_at = NULL WHERE id = $1', [jane.id]);
    return world.opens(jane, password);
  };
});
