import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { DEMO_WORLD } from '../../src/demo/demo-world.js';
import { eachDatabase } from '../support/test-database.js';
import { AccountWorld, JANE, JOHN } from './account-world.js';

eachDatabase((database) => {
  let world: AccountWorld;

  beforeAll(async () => {
    world = await AccountWorld.start(database());
  });
  beforeEach(() => world.begin());
  afterAll(() => world?.stop());

  describe('logging in at /account', () => {
    it('lets in with domain, login and password, and shows whose account it is', async () => {
      const visitor = world.visitor();
      expect((await visitor.get('/account')).location).toBe('/account/login');
      const entered = await visitor.logIn(JOHN);
      expect([entered.status, entered.location]).toEqual([303, '/account']);
      expect(entered.headers.getSetCookie()).toEqual([
        expect.stringMatching(/^JSESSIONID=[A-Za-z0-9_-]{43}; Path=\/; HttpOnly; SameSite=Lax$/),
      ]);
      const home = await visitor.get('/account');
      expect(home.status).toBe(200);
      for (const shown of ['John', 'RCDEVSDOCS', 'j…n@example.test', '+352…002']) expect(home.body).toContain(shown);
      expect(home.body).not.toContain('john@example.test');
      expect(home.headers.get('cache-control')).toBe('no-store');
      expect(home.headers.get('referrer-policy')).toBe('no-referrer');
      expect(home.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
      expect(await world.audited('account-log-in')).toEqual(['account-log-in.completed']);
    });

    it('attack 45: says one thing of whatever is wrong', async () => {
      const bodies = new Set<string>();
      for (const wrong of [
        { ...JOHN, password: 'no' },
        { ...JOHN, login: 'nobody', password: 'no' },
        { ...JOHN, domain: 'nowhere', password: 'no' },
      ]) {
        const { status, body } = await world.visitor().logIn(wrong);
        expect(status).toBe(401);
        bodies.add(body.replaceAll(/value="(john|nobody|RCDEVSDOCS|nowhere)"/g, ''));
      }
      expect(bodies.size).toBe(1);
    });

    it('attack 26: looks at no more passwords of one address than it may get wrong', async () => {
      const visitor = world.visitor();
      const answers = await Promise.all(
        Array.from({ length: 40 }, (_, guess) => visitor.logIn({ ...JANE, login: `nobody ${guess}`, password: 'no' })),
      );
      expect(answers.filter(({ status }) => status === 401).length).toBeLessThanOrEqual(10);
      const late = await visitor.logIn(JOHN);
      expect([late.status, Number(late.headers.get('retry-after')) > 0]).toEqual([429, true]);
      expect((await world.visitor().logIn(JOHN)).status).toBe(303);
    });

    it.each([
      ['/account/password', '/account/password'],
      ['/app-root', '/app-root'],
      ['//evil.example', '/account'],
      ['https://evil.example/', '/account'],
      ['/\\evil.example', '/account'],
      ['/%09/evil.example', '/%09/evil.example'],
      ['javascript:alert(1)', '/account'],
      ['/..//evil.example', '/account'],
      ['https:evil.example', '/account'],
      ['/\t/evil.example', '/account'],
      ['', '/account'],
    ])('attack 56: leads on from %j to %j', async (to, location) => {
      const visitor = world.visitor();
      expect((await visitor.logIn(JOHN, to)).location).toBe(location);
      const again = await visitor.get(`/account/login?to=${encodeURIComponent(to)}`);
      expect(again.location).toBe(location);
    });

    it('is not done for a page of another site', async () => {
      const answer = await world.visitor().logIn(JOHN, '/account', { headers: { 'sec-fetch-site': 'cross-site' } });
      expect([answer.status, answer.headers.getSetCookie()]).toEqual([400, []]);
    });

    it('begins a new session each time, and the one before of this browser is over', async () => {
      const visitor = world.visitor();
      // Somebody else chose this one for the person.
      visitor.cookies.set('JSESSIONID', 'A'.repeat(43));
      await visitor.logIn(JOHN);
      const first = visitor.cookies.get('JSESSIONID');
      expect(first).not.toBe('A'.repeat(43));
      await visitor.logIn(JANE);
      expect(visitor.cookies.get('JSESSIONID')).not.toBe(first);
      const thief = world.visitor();
      thief.cookies.set('JSESSIONID', first ?? '');
      expect((await thief.get('/account')).location).toBe('/account/login');
      expect((await visitor.get('/account')).body).toContain('Jane Doe');
    });

    it('takes the session of the root web application, too', async () => {
      const { headers } = await world.iam.call('POST', 'iam/sessions', {
        body: { domain: JOHN.domain, login: JOHN.login, pwd: JOHN.password },
      });
      const visitor = world.visitor();
      const [, value = ''] = /^EraSession=([^;]+)/.exec(headers.get('set-cookie') ?? '') ?? [];
      visitor.cookies.set('EraSession', value);
      expect((await visitor.get('/account')).status).toBe(200);
      await visitor.press('/account', '/account/sign-out');
      expect(visitor.cookies.has('EraSession')).toBe(false);
      expect((await world.iam.call('GET', 'iam/sessions/current', { cookie: `EraSession=${value}` })).status).toBe(401);
    });

    it('explains a password that must be changed, and the way out', async () => {
      await world.query(`UPDATE builtin_people SET must_change_password = true WHERE login = 'john'`);
      const { status, body, headers } = await world.visitor().logIn(JOHN);
      expect(status).toBe(403);
      expect(body).toContain('Your password has to be changed first');
      expect(body).toContain('href="/app-root/#/forgot"');
      expect(headers.getSetCookie()).toEqual([]);
    });

    it('signs out', async () => {
      const visitor = await world.signedIn();
      const secret = visitor.cookies.get('JSESSIONID') ?? '';
      const out = await visitor.press('/account', '/account/sign-out');
      expect(out.location).toBe('/account/login');
      expect(visitor.cookies.has('JSESSIONID')).toBe(false);
      expect((await visitor.get('/account/login')).body).toContain('You are signed out.');
      expect((await visitor.get('/account/login')).body).not.toContain('You are signed out.');
      visitor.cookies.set('JSESSIONID', secret);
      expect((await visitor.get('/account')).location).toBe('/account/login');
    });
  });

  describe('with a second factor', () => {
    beforeEach(() => world.totp());

    it('attack 35, 36: shows nothing and changes nothing before it', async () => {
      const visitor = world.visitor();
      expect((await visitor.logIn(JOHN)).location).toBe('/account/second-factor');
      const { token, assignment } = await world.tokens.stored(await world.totp(JOHN, { slot: 'Token2' }));
      for (const path of ['/account', '/account/password', `/account/authenticators/${assignment.id}`]) {
        const answer = await visitor.get(path);
        expect([answer.status, answer.location?.startsWith('/account/confirm')]).toEqual([303, true]);
      }
      for (const path of [
        '/account/password',
        '/account/authenticators/add',
        `/account/authenticators/${assignment.id}/remove`,
        `/account/authenticators/${assignment.id}/rename`,
        '/account/sessions/end-others',
        '/account/requests/1/cancel',
      ]) {
        const answer = await visitor.post(path, { csrf: 'x', name: 'mine', password: 'P', repeated: 'P' });
        expect([path, answer.status, answer.location?.startsWith('/account/confirm')]).toEqual([path, 303, true]);
      }
      expect(token.serial).toBeDefined();
      expect((await visitor.get('/webapps/selfreg/choose')).status).toBe(404);
    });

    it('asks for it, and for it alone, on the way in', async () => {
      const visitor = world.visitor();
      await visitor.logIn(JOHN, '/app-root');
      expect((await visitor.showCode('000000')).status).toBe(422);
      const passed = await visitor.showCode(world.tokens.code());
      expect([passed.status, passed.location]).toEqual([303, '/app-root']);
      expect((await visitor.get('/account')).status).toBe(200);
      // Fresh enough for changes, too.
      expect((await visitor.get('/account/password')).status).toBe(200);
    });

    it('attack 21: takes a code once', async () => {
      const code = world.tokens.code();
      const [one, other] = [world.visitor(), world.visitor()];
      await one.logIn(JOHN);
      await other.logIn(JOHN);
      expect((await one.showCode(code)).status).toBe(303);
      expect((await other.showCode(code)).status).toBe(422);
    });

    it('attack 8, 10: counts for the session that it was shown in, and for no other', async () => {
      const [one, other] = [world.visitor(), world.visitor()];
      await one.logIn(JOHN);
      await other.logIn(JOHN);
      // The page session of one browser beside the session of the other.
      const stolen = other.cookies.get('latchkey_account') ?? '';
      other.cookies.set('latchkey_account', one.cookies.get('latchkey_account') ?? '');
      expect((await other.get('/account/second-factor')).status).toBe(404);
      expect(other.cookies.has('latchkey_account')).toBe(false);
      expect((await other.get('/account')).location).toBe('/account/confirm');
      const third = world.visitor();
      third.cookies.set('latchkey_account', stolen);
      expect((await third.get('/account/second-factor')).location).toBe('/account/login');
      // And none of them is a session.
      third.cookies.set('JSESSIONID', stolen);
      expect((await third.get('/account')).location).toBe('/account/login');
    });

    it('attack 26: locks after five wrong codes, and the person begins again', async () => {
      const visitor = world.visitor();
      await visitor.logIn(JOHN);
      const answers = [];
      for (let guess = 0; guess < 5; guess++) answers.push((await visitor.showCode('000000')).status);
      expect(answers).toEqual([422, 422, 422, 422, 404]);
      expect((await visitor.get('/account')).location).toBe('/account/confirm');
    });

    it('attack 31: is asked of the person, however often somebody else gives the password', async () => {
      const thief = world.visitor();
      for (let turn = 0; turn < 20; turn++) await thief.logIn(JOHN);
      expect((await thief.logIn(JOHN)).status).toBe(429);
      const owner = world.visitor();
      expect((await owner.logIn(JOHN)).location).toBe('/account/second-factor');
      expect((await owner.showCode(world.tokens.code())).location).toBe('/account');
    });

    it('attack 37: is owed by a session of the root web application as well', async () => {
      const { headers } = await world.iam.call('POST', 'iam/sessions', {
        body: { domain: JOHN.domain, login: JOHN.login, pwd: JOHN.password },
      });
      const visitor = world.visitor();
      visitor.cookies.set('EraSession', /^EraSession=([^;]+)/.exec(headers.get('set-cookie') ?? '')?.[1] ?? '');
      expect((await visitor.get('/account')).location).toBe('/account/confirm');
      // The password was typed a moment ago, so that only the second factor is asked for.
      expect((await visitor.get('/account/confirm')).body).not.toContain('type="password"');
      const next = await visitor.press('/account/confirm', '/account/confirm', { to: '/account' });
      expect(next.location).toBe('/account/second-factor');
      expect((await visitor.showCode(world.tokens.code())).location).toBe('/account');
      expect((await visitor.get('/account')).status).toBe(200);
    });

    // Last, because its policy stays.
    it('attack 30: is locked as the lockout policy of the person says', async () => {
      const options = "{ maxFailures: '2', lockMinutes: '7' }";
      const holder = '{ domain: RCDEVSDOCS, user: john }';
      const policies = `policies:\n  - { name: strict, category: lockout, holder: ${holder}, options: ${options} }\n`;
      await world.iam.begin(`${DEMO_WORLD}\n${policies}`);
      await world.totp(JOHN, { slot: 'Token9' });
      const visitor = world.visitor();
      await visitor.logIn(JOHN);
      await visitor.showCode('000000');
      await visitor.showCode('000000');
      const locked = await visitor.showCode(world.tokens.code());
      expect([locked.status, locked.body.includes('There were too many wrong codes.')]).toEqual([429, true]);
      world.iam.app.clock.advance(7 * 60);
      expect((await visitor.showCode(world.tokens.code())).location).toBe('/account');
    });
  });
});
