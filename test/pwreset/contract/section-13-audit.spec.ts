import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { BuiltinPerson } from '../../../src/core/directory/builtin/builtin-person.entity.js';
import { TestSmsGateway } from '../../support/sms-gateway.js';
import { TestSmtpServer } from '../../support/smtp-server.js';
import { databaseOfSuite } from './database-of-suite.js';
import { type AuditRow, CHIEF, NEW_PASSWORD, OLD_PASSWORD, SEND, World } from './world.js';

const PUBLIC_URL = 'https://portal.example.test';

describe('section 13: audit, and secrets at rest', () => {
  const database = databaseOfSuite();
  let relay: TestSmtpServer;
  let gateway: TestSmsGateway;
  let world: World;
  let person: BuiltinPerson;
  let start: string;

  beforeAll(async () => {
    [relay, gateway] = await Promise.all([TestSmtpServer.start(), TestSmsGateway.start()]);
    const more = `
mail:
  profiles: [{ name: relay, url: '${relay.url}' }]
  accounts: [{ name: system, profile: relay, address: no-reply@example.test, isSystem: true }]
sms: { gateways: [{ name: main, kind: http, url: '${gateway.url}', headers: { Authorization: Bearer canary-of-the-gateway } }] }
`;
    const base = { publicUrl: PUBLIC_URL, settings: '{ delivery_first_try_seconds: 30 }', more };
    world = await World.start(database(), base, { delivery: 'relays' });
  });
  beforeEach(async () => {
    await world.calm();
    person = await world.person();
    start = await world.lastAuditId();
  });
  afterAll(async () => {
    await world.stop();
    await Promise.all([relay.stop(), gateway.stop()]);
  });

  const path = (link: string): string => link.slice(PUBLIC_URL.length);
  const rows = (): Promise<AuditRow[]> => world.audit({ after: start });
  const events = async (): Promise<string[]> =>
    (await rows()).map(({ event, code }) => (code ? `${event} ${code}` : event));
  const DN = (): string => `cn=${person.login},dc=ACME`;

  describe('every call and every step leaves a row: time, who, from where, whom, outcome', () => {
    it('a call that sends: created, then sent with the result of each channel', async () => {
      await world.link(person, { method: 'MAILSMS' });
      const common = {
        outcome: 'success',
        actor: 'ACME\\chief',
        client_address: '127.0.0.1',
        domain: 'ACME',
        target: DN(),
        at: world.app.clock.now(),
      };
      expect(await rows()).toMatchObject([
        { ...common, event: 'password-reset.created', detail: { method: 'MAILSMS' } },
        { ...common, event: 'password-reset.sent', detail: { method: 'MAILSMS', MAIL: 'sent', SMS: 'sent' } },
      ]);
    });

    it('a person who follows the link: opened, refused with the reason, completed', async () => {
      const link = await world.link(person);
      const { browser, form } = await world.open(path(link));
      await browser.submit(form, { password: 'short', repeated: 'short' });
      await browser.submit(form, { password: NEW_PASSWORD, repeated: NEW_PASSWORD });
      const [created, ...steps] = await rows();
      const common = {
        actor: 'person',
        client_address: '127.0.0.1',
        domain: 'ACME',
        target: DN(),
        request_id: created?.request_id,
        correlation_id: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
      };
      expect(steps).toMatchObject([
        { ...common, event: 'password-reset.opened', outcome: 'success' },
        { ...common, event: 'password-reset.password-refused', outcome: 'refused', code: 'password-too-short' },
        { ...common, event: 'password-reset.completed', outcome: 'success' },
      ]);
    });

    it('a link that is not valid: where from, and of whom as far as that is known', async () => {
      const link = await world.link(person);
      await world.open(path(link));
      await world.browser().post('/webapps/pwreset/', { req: link.slice(-43) });
      await world.browser().post('/webapps/pwreset/', { req: 'nonsense' });
      expect((await rows()).slice(2)).toMatchObject([
        { event: 'password-reset.open-refused', code: 'request-not-valid', client_address: '127.0.0.1', target: null },
        { event: 'password-reset.open-refused', code: 'request-not-valid', client_address: '127.0.0.1', target: null },
      ]);
    });

    it('a link whose person has changed meanwhile: refused, and cancelled with the reason', async () => {
      const link = await world.link(person);
      await world.change(person, { disabled: true });
      await world.browser().post('/webapps/pwreset/', { req: link.slice(-43) });
      expect((await rows()).slice(1)).toMatchObject([
        { event: 'password-reset.cancelled', actor: 'system', detail: { reason: 'account-closed' } },
        { event: 'password-reset.open-refused', target: person.login, request_id: expect.any(String) as string },
      ]);
    });

    it('looking at a link leaves none: scanners do nothing else', async () => {
      const link = await world.link(person);
      await world.browser().get(path(link));
      await world.browser().get('/webapps/pwreset/?req=nonsense');
      expect(await events()).toEqual(['password-reset.created']);
    });

    it.each([
      ['a bad envelope', '{}', 'manager-call.refused'],
      ['no JSON', '{', 'manager-call.refused'],
      ['an unknown method', '{"jsonrpc":"2.0","method":"None","id":0}', 'manager-call.refused'],
      ['a missing parameter', `{"jsonrpc":"2.0","method":"${SEND}","id":0}`, 'manager-call.refused'],
      [
        'an unknown person',
        `{"jsonrpc":"2.0","method":"${SEND}","params":{"username":"x"},"id":0}`,
        'password-reset.refused account-not-found',
      ],
      [
        'an unknown domain',
        `{"jsonrpc":"2.0","method":"${SEND}","params":{"username":"x","domain":"y"},"id":0}`,
        'password-reset.refused domain-not-found',
      ],
      [
        'a notification',
        `{"jsonrpc":"2.0","method":"${SEND}","params":{"username":"x"}}`,
        'password-reset.refused account-not-found',
      ],
    ])('a refused call: %s', async (_case, body, event) => {
      await world.chief.post(body);
      expect(await events()).toEqual([event]);
      expect(await rows()).toMatchObject([{ outcome: 'refused', actor: 'ACME\\chief', client_address: '127.0.0.1' }]);
    });
  });

  it('attack 42: after a whole job, no table and no answer holds token, session, password or credentials', async () => {
    const answers: string[] = [];
    const canaries = new Map<string, string>([
      ["the administrator's password", CHIEF.password],
      ["the administrator's credentials", Buffer.from(`${CHIEF.user}:${CHIEF.password}`).toString('base64')],
      ['a wrong guess at them', 'canary-of-a-guess'],
      ['the old password', OLD_PASSWORD],
      ['the new password', NEW_PASSWORD],
      ['a refused password', 'canary7'],
      ['the credentials of the gateway', 'canary-of-the-gateway'],
    ]);
    await world.manager(CHIEF.user, 'canary-of-a-guess').call(SEND, {});
    gateway.refuse(503);
    const superseded = await world.link(person, { method: 'MAILSMS' });
    const link = await world.link(person, { method: 'MAILSMS' });
    gateway.accept();
    for (const [name, secret] of [
      ['the first link', superseded],
      ['the link', link],
    ] as const)
      canaries.set(name, secret.slice(-43));
    expect(relay.mails.last?.parsed.text).toContain(link);

    const landing = await fetch(`${world.app.url}${path(link)}`);
    answers.push(JSON.stringify([...landing.headers]));
    const opened = await fetch(`${world.app.url}/webapps/pwreset/`, {
      method: 'POST',
      redirect: 'manual',
      body: new URLSearchParams({ req: link.slice(-43) }),
    });
    const session = /latchkey_pwreset=([\w-]{43})/.exec(opened.headers.getSetCookie().join())?.[1] ?? '';
    expect(session).not.toBe('');
    canaries.set('the page session', session);
    answers.push(opened.headers.get('location') ?? '', await opened.text());
    const cookie = `latchkey_pwreset=${session}`;
    const form = await (await fetch(`${world.app.url}/webapps/pwreset/password`, { headers: { cookie } })).text();
    const csrf = /name="csrf" value="([^"]+)"/.exec(form)?.[1] ?? '';
    answers.push(form);
    for (const password of ['canary7', NEW_PASSWORD]) {
      const sent = await fetch(`${world.app.url}/webapps/pwreset/password`, {
        method: 'POST',
        redirect: 'manual',
        headers: { cookie },
        body: new URLSearchParams({ csrf, password, repeated: password }),
      });
      answers.push(JSON.stringify([...sent.headers]), await sent.text());
    }
    expect(await world.opens(person, NEW_PASSWORD)).toBe(true);

    answers.push(
      await (await fetch(`${world.app.url}/metrics`)).text(),
      await (await fetch(`${world.app.url}/readyz`)).text(),
      await (await fetch(`${world.app.url}${path(link)}`)).text(),
    );
    const stored = await everythingStored();
    expect(stored).toContain(person.login);
    for (const [name, secret] of canaries) {
      expect([name, stored.includes(secret)]).toEqual([name, false]);
      expect([name, answers.some((answer) => answer.includes(secret))]).toEqual([name, false]);
    }
  });

  /** Every row of every table as text. */
  async function everythingStored(): Promise<string> {
    const tables = await world.query<{ name: string }>(
      `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
       WHERE schemaname NOT IN ('pg_catalog', 'information_schema')`,
    );
    expect(tables.map(({ name }) => name)).toEqual(expect.arrayContaining(['public.audit_events', 'public.messages']));
    const texts: string[] = [];
    for (const { name } of tables) {
      for (const row of await world.query(`SELECT to_jsonb(t) AS row FROM ${name} t`)) texts.push(JSON.stringify(row));
    }
    return texts.join('\n');
  }
});
