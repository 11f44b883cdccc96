import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { BuiltinPerson } from '../../../src/core/directory/builtin/builtin-person.entity.js';
import type { Browserless, SeenPage } from '../../support/browserless.js';
import { basic } from './answers.js';
import { databaseOfSuite } from './database-of-suite.js';
import { CHIEF, NEW_PASSWORD, OLD_PASSWORD, World } from './world.js';

const LANDING_URL = '/webapps/pwreset/';
const PASSWORD_URL = '/webapps/pwreset/password';

describe('section 13: what pages give away', () => {
  const database = databaseOfSuite();
  let world: World;
  let person: BuiltinPerson;

  beforeAll(async () => {
    world = await World.start(database());
  });
  beforeEach(async () => {
    await world.calm();
    person = await world.person();
  });
  afterAll(() => world.stop());

  /** All of an answer but what differs from one request to the next. */
  const bytesOf = async (response: Response): Promise<string> => {
    const headers = [...response.headers].filter(([name]) => !['date', 'x-request-id'].includes(name));
    return JSON.stringify([response.status, headers, await response.text()]);
  };
  const get = (req: string): Promise<Response> =>
    fetch(`${world.app.url}${LANDING_URL}?req=${req}`, { headers: { 'accept-language': 'en' } });
  const post = (req: string): Promise<Response> =>
    fetch(`${world.app.url}${LANDING_URL}`, {
      method: 'POST',
      redirect: 'manual',
      headers: { 'accept-language': 'en' },
      body: new URLSearchParams({ req }),
    });
  const secretOf = async (params: object = {}): Promise<string> => (await world.link(person, params)).slice(-43);

  describe.each([
    ['GET', get],
    ['POST', post],
  ] as const)('attack 45: %s of a dead link', (_method, ask) => {
    /** Links that lead nowhere, each for a reason of its own. */
    const DEAD: Record<string, () => Promise<string>> = {
      unknown: async () => 'A'.repeat(43),
      used: async () => {
        const secret = await secretOf();
        await post(secret);
        return secret;
      },
      'completed with a new password': async () => {
        const secret = await secretOf();
        await world.reset(`${world.app.url}${LANDING_URL}?req=${secret}`);
        return secret;
      },
      expired: async () => {
        const secret = await secretOf({ expires: 1 });
        world.app.clock.advance(3_600);
        return secret;
      },
      'expired, and noticed by the job': async () => {
        const secret = await secretOf({ expires: 1 });
        world.app.clock.advance(3_600);
        await world.expire();
        return secret;
      },
      abandoned: async () => {
        const secret = await secretOf();
        await post(secret);
        world.app.clock.advance(900);
        await world.expire();
        return secret;
      },
      'cancelled by a newer one': async () => {
        const secret = await secretOf();
        await secretOf();
        return secret;
      },
      'of a person who is switched off': async () => {
        const secret = await secretOf();
        await world.change(person, { disabled: true });
        return secret;
      },
      'of a person who is gone': async () => {
        const secret = await secretOf();
        await world.remove(person);
        return secret;
      },
      'of a person with another address': async () => {
        const secret = await secretOf();
        await world.change(person, { mail: 'other@acme.test' });
        return secret;
      },
      'of a person with another password': async () => {
        const secret = await secretOf();
        world.app.clock.advance(60);
        await world.change(person, { passwordChangedAt: world.app.clock.now() });
        return secret;
      },
      'too short': async () => (await secretOf()).slice(0, -1),
      'too long': async () => `${await secretOf()}A`,
      'with one character changed': async () => {
        const secret = await secretOf();
        return `${secret.startsWith('A') ? 'B' : 'A'}${secret.slice(1)}`;
      },
      'not base64url': async () => '%00+/=',
      empty: async () => '',
    };

    it.each(Object.keys(DEAD))('%s: the very same bytes as for an unknown one', async (kind) => {
      const expected = await bytesOf(await ask('B'.repeat(43)));
      expect(expected).toContain('This link is not valid any more');
      expect(expected).toMatch(/^\[404,/);
      expect(await bytesOf(await ask((await DEAD[kind]?.()) ?? ''))).toBe(expected);
    });
  });

  it('attack 45: the form gives the same bytes without a session, with an unknown, an idle and an ended one', async () => {
    const form = (cookie?: string): Promise<Response> =>
      fetch(`${world.app.url}${PASSWORD_URL}`, { headers: { 'accept-language': 'en', ...(cookie && { cookie }) } });
    const session = async (): Promise<string> => {
      const opened = await post(await secretOf());
      return opened.headers.getSetCookie()[0]?.split(';')[0] ?? '';
    };
    const expected = await bytesOf(await form(`latchkey_pwreset=${'A'.repeat(43)}`));
    expect(expected).toContain('This page is closed');
    const idle = await session();
    world.app.clock.advance(900);
    expect(await bytesOf(await form(idle))).toBe(expected);
    const cancelled = await session();
    expect((await form(cancelled)).status).toBe(200);
    await secretOf();
    expect(await bytesOf(await form(cancelled))).toBe(expected);
    expect(await bytesOf(await form('latchkey_pwreset=nonsense'))).toBe(expected);
    expect(await bytesOf(await form())).toBe(expected);
  });

  it.each([
    ['landing', '/webapps/pwreset/?req=x'],
    ['form', PASSWORD_URL],
    ['confirmation', '/webapps/pwreset/done'],
    ['nothing there', '/webapps/pwreset/elsewhere'],
    ['start page', '/'],
    ['mailbox', '/dev/mailbox'],
  ])('no-store, no-referrer and a strict policy on the page: %s', async (_page, path) => {
    const { headers } = await fetch(`${world.app.url}${path}`, { headers: { accept: 'text/html' } });
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('content-security-policy')).toMatch(/^default-src 'none'; .*frame-ancestors 'none'/);
    expect(headers.get('content-security-policy')).not.toContain('unsafe');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('server')).toBeNull();
    expect(headers.get('x-powered-by')).toBeNull();
  });

  it.each([
    ['a result', basic(CHIEF.user, CHIEF.password), 'POST', 200],
    ['a failed login', basic(CHIEF.user, 'x'), 'POST', 200],
    ['a challenge', undefined, 'POST', 401],
    ['another method', undefined, 'PUT', 405],
  ])('no-store on answers of the API, which set no cookie: %s', async (_case, authorization, method, status) => {
    const response = await fetch(`${world.app.url}/manag/`, {
      method,
      ...(method === 'POST' && { body: '{}' }),
      headers: { ...(authorization !== undefined && { authorization }) } as Record<string, string>,
    });
    expect(response.status).toBe(status);
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(response.headers.get('content-type')).toBe('application/json');
    expect(response.headers.getSetCookie()).toEqual([]);
  });

  describe('forms carry a CSRF value bound to the page session', () => {
    const send = (browser: Browserless, csrf: string | undefined): Promise<SeenPage> =>
      browser.post(PASSWORD_URL, {
        ...(csrf !== undefined && { csrf }),
        password: NEW_PASSWORD,
        repeated: NEW_PASSWORD,
      });
    const csrfOf = ({ html }: SeenPage): string => /name="csrf" value="([^"]+)"/.exec(html)?.[1] ?? '';

    it('without it, with a wrong one, or with that of another session nothing happens', async () => {
      const { browser, form } = await world.open(await world.link(person));
      const other = await world.open(await world.link(await world.person()));
      for (const csrf of [undefined, '', 'x', csrfOf(other.form), csrfOf(form).slice(0, -1)]) {
        expect((await send(browser, csrf)).status).toBe(400);
      }
      expect(await world.opens(person, OLD_PASSWORD)).toBe(true);
      expect((await send(browser, csrfOf(form))).status).toBe(200);
    });

    it('the value is of no use without the session', async () => {
      const { form } = await world.open(await world.link(person));
      expect((await send(world.browser(), csrfOf(form))).status).toBe(404);
      expect(await world.opens(person, OLD_PASSWORD)).toBe(true);
    });
  });
});
