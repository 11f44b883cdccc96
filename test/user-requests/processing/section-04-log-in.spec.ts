import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Configuration } from '../../../src/core/domains/configuration.js';
import { eachDatabase } from '../../support/test-database.js';
import { NAVIGATION, ProcessingWorld, SCRIPT } from './processing-world.js';

const COOKIE = /^JSESSIONID=([A-Za-z0-9_-]{43}); (?=.*Path=\/(?:;|$))(?=.*HttpOnly)(?=.*SameSite=Lax)/;

eachDatabase((database) => {
  let world: ProcessingWorld;

  beforeAll(async () => {
    world = await ProcessingWorld.start(database());
  });
  beforeEach(() => world.begin());
  afterAll(() => world?.stop());

  describe('LOGIN_UNATTENDED', () => {
    it('answers OK and begins a session, once', async () => {
      const path = await world.path('LOGIN_UNATTENDED');
      const first = await world.process(path);
      expect([first.status, first.text]).toEqual([200, 'OK']);
      expect(first.headers.get('content-type')).toBe('text/plain; charset=utf-8');
      expect(first.headers.get('cache-control')).toBe('no-store');
      expect(first.headers.get('referrer-policy')).toBe('no-referrer');
      expect(first.cookies).toEqual([expect.stringMatching(COOKIE)]);
      expect(await world.sessions('username1')).toEqual([{ begunBy: 'request', ended: false }]);
      const second = await world.process(path);
      expect([second.status, second.text, second.cookies]).toEqual([200, 'NOT_VALID;NOT_FOUND', []]);
    });

    it('lets the person to the home page, where changes ask for a proof of their own', async () => {
      const { cookies } = await world.process(await world.path('LOGIN_UNATTENDED'));
      const [cookie = ''] = (cookies[0] ?? '').split(';');
      const home = await world.process('/account', { headers: { ...NAVIGATION, cookie } });
      expect([home.status, home.text.includes('username1')]).toEqual([200, true]);
      const change = await world.process('/account/password', { headers: { ...NAVIGATION, cookie } });
      expect([change.status, change.headers.get('location')]).toEqual([
        303,
        expect.stringContaining('/account/confirm'),
      ]);
    });

    it('attack 38: is over after 30 seconds, to the second', async () => {
      const [late, inTime] = [await world.path('LOGIN_UNATTENDED'), await world.path('LOGIN_UNATTENDED')];
      world.app.clock.advance(29);
      expect(await world.word(inTime)).toBe('OK');
      world.app.clock.advance(2);
      const answer = await world.process(late);
      expect([answer.status, answer.text, answer.cookies]).toEqual([200, 'NOT_VALID;EXPIRED', []]);
      expect((await world.process(late, { headers: NAVIGATION })).text).toBe('NOT_VALID;EXPIRED');
    });

    it('lives beside others of the same person: one a tab', async () => {
      const paths = [await world.path('LOGIN_UNATTENDED'), await world.path('LOGIN_UNATTENDED')];
      expect(await Promise.all(paths.map((path) => world.word(path)))).toEqual(['OK', 'OK']);
    });

    it('begins a session of which nobody could have known, and ends the one of this browser', async () => {
      const first = await world.process(await world.path('LOGIN_UNATTENDED'));
      const cookie = (first.cookies[0] ?? '').split(';')[0] ?? '';
      const planted = 'JSESSIONID=' + 'A'.repeat(43);
      const second = await world.process(await world.path('LOGIN_UNATTENDED'), { headers: { cookie: planted } });
      expect(second.cookies.at(-1)).not.toContain('A'.repeat(43));
      await world.process(await world.path('LOGIN_UNATTENDED'), { headers: { cookie } });
      expect(await world.sessions('username1')).toEqual([
        { begunBy: 'request', ended: true },
        { begunBy: 'request', ended: false },
        { begunBy: 'request', ended: false },
      ]);
    });

    it('leads a browser that navigates on to an allowed redirect, and answers OK to a script', async () => {
      await world.requests.house.set('allowed_redirect_origins', ['https://portal.example.test']);
      const to = `?redirect=${encodeURIComponent('https://portal.example.test/a?b=c')}`;
      const led = await world.process((await world.path('LOGIN_UNATTENDED')) + to, { headers: NAVIGATION });
      expect([led.status, led.headers.get('location')]).toEqual([302, 'https://portal.example.test/a?b=c']);
      expect(led.cookies).toEqual([expect.stringMatching(COOKIE)]);
      expect(await world.word((await world.path('LOGIN_UNATTENDED')) + to)).toBe('OK');
      const foreign = await world.process((await world.path('LOGIN_UNATTENDED')) + '?redirect=https://evil.test', {
        headers: NAVIGATION,
      });
      expect([foreign.status, foreign.text]).toEqual([200, 'OK']);
    });

    it('sends its cookie by https only, and to other sites only from a listed page', async () => {
      await world.requests.house.set('cors_origins', ['https://portal.example.test']);
      await world.query(
        `UPDATE server_configuration SET public_url = 'https://bi.example.test', revision = revision + 1`,
      );
      world.app.get(Configuration).invalidate();
      const attributes = async (headers: Record<string, string>): Promise<string[]> => {
        const { cookies } = await world.process(await world.path('LOGIN_UNATTENDED'), { headers });
        return (cookies[0] ?? '').split('; ').slice(1).toSorted();
      };
      expect(await attributes({ ...SCRIPT, origin: 'https://portal.example.test' })).toEqual([
        'HttpOnly',
        'Path=/',
        'SameSite=None',
        'Secure',
      ]);
      for (const headers of [SCRIPT, { ...SCRIPT, origin: 'https://bi.example.test' }]) {
        expect(await attributes(headers)).toEqual(['HttpOnly', 'Path=/', 'SameSite=Lax', 'Secure']);
      }
    });

    it('is of no use for somebody who was switched off meanwhile, or blocked', async () => {
      const off = await world.path('LOGIN_UNATTENDED');
      await world.requests.deactivate('username1');
      expect(await world.word(off)).toBe('NOT_VALID;USER_INACTIVE');
      await world.begin();
      const blocked = await world.path('LOGIN_UNATTENDED');
      const { account } = await world.requests.person('username1');
      await world.query('INSERT INTO account_blocks (account_id, created_by, created_at) VALUES ($1, $2, $3)', [
        account.id,
        'test',
        world.app.clock.now(),
      ]);
      expect(await world.word(blocked)).toBe('NOT_VALID;USER_INACTIVE');
      await world.query('DELETE FROM account_blocks');
    });

    it('writes down who let whom in, from where', async () => {
      await world.process(await world.path('LOGIN_UNATTENDED'), { from: '198.51.100.7' });
      const rows = await world.query<Record<string, unknown>>(
        `SELECT event, outcome, client_address, detail FROM audit_events WHERE event LIKE 'user-login-unattended.%' ORDER BY id`,
      );
      expect(rows.at(-1)).toEqual({
        event: 'user-login-unattended.completed',
        outcome: 'success',
        client_address: '198.51.100.7',
        detail: { requestedBy: 'domain 1\\manager1' },
      });
    });
  });

  describe('LOGIN', () => {
    it('leads home or to the redirect, with the cookie', async () => {
      const home = await world.process(await world.path('LOGIN'), { headers: NAVIGATION });
      expect([home.status, home.headers.get('location')]).toEqual([302, '/account']);
      expect(home.cookies.filter((cookie) => cookie.startsWith('JSESSIONID'))).toEqual([expect.stringMatching(COOKIE)]);
      const dash = await world.process((await world.path('LOGIN')) + '?redirect=%2Fdash', { headers: {} });
      expect([dash.status, dash.headers.get('location')]).toEqual([302, '/dash']);
    });

    it.each(['//evil.test', '/\\evil.test', 'https:evil.test', 'https://evil.test', '/%09/evil.test', 'javascript:x'])(
      'attack 56: leads home in place of %s',
      async (wanted) => {
        await world.requests.house.set('allowed_redirect_origins', ['https://portal.example.test']);
        const path = `${await world.path('LOGIN')}?redirect=${encodeURIComponent(wanted)}`;
        const { status, headers } = await world.process(path, { headers: NAVIGATION });
        const location = headers.get('location') ?? '';
        expect(status).toBe(302);
        expect(new URL(location, world.url).origin).toBe(world.url);
      },
    );

    it('attack 13: by a mailed link waits for its button, whoever follows the link before', async () => {
      await world.requests.house.set('mail_login_links', true);
      await world.path('LOGIN');
      const link = await world.requests.linkTo('username1@example.test');
      const visitors: Record<string, string>[] = [NAVIGATION, {}, { 'user-agent': 'mail scanner' }];
      for (const headers of visitors) {
        for (const method of ['GET', 'HEAD'] as const) {
          const seen = await world.process(link, { method, headers });
          expect([seen.status, seen.headers.get('location')]).toEqual([200, null]);
          expect(seen.cookies.filter((cookie) => cookie.startsWith('JSESSIONID'))).toEqual([]);
        }
      }
      const browser = world.browser();
      const page = await browser.get(link);
      expect(page.html).toContain('Sign in with this link');
      const home = await browser.submit(page, {});
      expect(new URL(home.url).pathname).toBe('/account');
      expect(await world.sessions('username1')).toEqual([{ begunBy: 'request', ended: false }]);
    });

    it('with a PIN asks for it, and goes straight in', async () => {
      const path = await world.path('LOGIN', 'username1', { form: { requestPin: 'true' } });
      expect(await world.word(path)).toBe('NOT_VALID;PIN_REQUIRED');
      const pin = await world.requests.pinTo('username1@example.test');
      const browser = world.browser();
      const home = await browser.submit(await browser.get(path), { pin });
      expect(new URL(home.url).pathname).toBe('/account');
    });
  });

  it('attack 13: HEAD uses nothing up, 100 times', async () => {
    await world.requests.house.set('process_requests_per_minute', 1_000);
    const path = await world.path('LOGIN_UNATTENDED');
    for (let time = 0; time < 100; time++) expect((await world.process(path, { method: 'HEAD' })).status).toBe(200);
    expect(await world.word(path)).toBe('OK');
  });

  it('attack 11: of 50 parallel log-ins with one request one gets in', async () => {
    await world.requests.house.set('process_requests_per_minute', 1_000);
    const path = await world.path('LOGIN_UNATTENDED');
    const answers = await Promise.all(Array.from({ length: 50 }, () => world.process(path)));
    expect(answers.filter(({ text }) => text === 'OK')).toHaveLength(1);
    expect(new Set(answers.map(({ text }) => text))).toEqual(new Set(['OK', 'NOT_VALID;NOT_FOUND']));
    expect(answers.flatMap(({ cookies }) => cookies)).toHaveLength(1);
    expect(await world.sessions('username1')).toHaveLength(1);
  });
});
