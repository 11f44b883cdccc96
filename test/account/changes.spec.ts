import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { plainSecret } from '../../src/core/crypto/secret-types.js';
import { CsrfTokens } from '../../src/core/web/csrf-tokens.js';
import { passwordReset } from '../../src/pwreset/pwreset.purpose.js';
import { accountRecovery } from '../../src/iam/links/link-purposes.js';
import { authenticatorFreeze } from '../../src/tokens/enrolment/freeze.purpose.js';
import { tokenEnrolment } from '../../src/tokens/enrolment/enrolment-link.js';
import { eachDatabase } from '../support/test-database.js';
import { type AccountVisitor, csrfOf } from './account-visitor.js';
import { AccountWorld, JANE, JOHN } from './account-world.js';

const NEW = 'River-41.stone';

eachDatabase((database) => {
  let world: AccountWorld;

  beforeAll(async () => {
    world = await AccountWorld.start(database());
  });
  beforeEach(() => world.begin());
  afterAll(() => world?.stop());

  const pageOf = (id: string) => `/account/authenticators/${id}`;

  describe('own authenticators', () => {
    it('are listed with kind, serial number, name and use', async () => {
      const { token } = await world.totp(JOHN, { name: 'my <b>phone</b>' });
      const visitor = await world.signedInWithCode();
      const { body } = await visitor.get('/account');
      expect(body).toContain('my &lt;b>phone&lt;/b>');
      expect(body).toContain('One-time password token 1');
      expect(body).toContain(token.serial);
    });

    it('are renamed', async () => {
      const { assignment } = await world.totp();
      const visitor = await world.signedInWithCode();
      const page = pageOf(assignment.id);
      const renamed = await visitor.press(page, `${page}/rename`, { name: ' my\u0000 ph\u202eone\n ' });
      expect(renamed.location).toBe('/account');
      const { body } = await visitor.get('/account');
      expect(body).toContain('The new name is saved.');
      expect(body).toContain('my ph one');
      await visitor.press(page, `${page}/rename`, { name: '' });
      expect((await visitor.get('/account')).body).toContain('One-time password token 1');
      expect(await world.audited('authenticator.re')).toEqual(['authenticator.renamed', 'authenticator.renamed']);
    });

    it('are removed, with a warning at the last second factor and a notice by mail', async () => {
      const first = await world.totp();
      const second = await world.totp(JOHN, { slot: 'Token2' });
      const visitor = await world.signedInWithCode();
      const warning = 'This is your last second factor';
      expect((await visitor.get(pageOf(first.assignment.id))).body).not.toContain(warning);
      const page = pageOf(second.assignment.id);
      expect((await visitor.press(page, `${page}/remove`)).location).toBe('/account');
      const last = pageOf(first.assignment.id);
      expect((await visitor.get(last)).body).toContain(warning);
      await visitor.press(last, `${last}/remove`);
      expect((await visitor.get('/account')).body).toContain('It does not work any more.');
      expect((await visitor.get(last)).status).toBe(404);
      const letters = await world.iam.lettersTo('john@example.test');
      expect(letters.filter(({ subject }) => /removed/i.test(subject ?? '')).length).toBe(2);
      expect(await world.audited('authenticator.re')).toEqual(['authenticator.removed', 'authenticator.removed']);
      // Nothing is left that could be asked for.
      expect((await world.visitor().logIn(JOHN)).location).toBe('/account');
    });

    it('attack 11: are removed once, however often the button is pressed', async () => {
      const { assignment } = await world.totp();
      const visitor = await world.signedInWithCode();
      const page = pageOf(assignment.id);
      const csrf = csrfOf((await visitor.get(page)).body, `${page}/remove`);
      await Promise.all(Array.from({ length: 16 }, () => visitor.post(`${page}/remove`, { csrf })));
      expect(await world.audited('authenticator.re')).toEqual(['authenticator.removed']);
    });

    it('are added on the pages of enrolment, which lead back', async () => {
      const visitor = await world.signedIn();
      const added = await visitor.press('/account', '/account/authenticators/add');
      expect([added.status, added.location]).toEqual([303, '/webapps/selfreg/choose']);
      expect((await visitor.get('/webapps/selfreg/choose')).status).toBe(200);
      // No password is asked for again, and the session is this person's.
      const pin = await visitor.press('/webapps/selfreg/pin-code', '/webapps/selfreg/pin-code', {
        pin: 'Abcd1234',
        repeated: 'Abcd1234',
        slot: 'PINCode',
      });
      expect(pin.status).toBeLessThan(500);
      await visitor.press('/webapps/selfreg/choose', '/webapps/selfreg/finish');
      expect((await visitor.get('/webapps/selfreg/done')).body).toContain('href="/account"');
    });

    it('attack 36: are added by nobody whose proof is old, and not after the session', async () => {
      const visitor = await world.signedIn();
      await visitor.press('/account', '/account/authenticators/add');
      await visitor.press('/account', '/account/sign-out');
      expect((await visitor.get('/webapps/selfreg/choose')).status).toBe(404);
      const late = await world.signedIn();
      world.iam.app.clock.advance(600);
      const refused = await late.press('/account', '/account/authenticators/add');
      expect(refused.location).toBe('/account/confirm?to=%2Faccount%2Fauthenticators%2Fadd');
      expect((await late.get('/webapps/selfreg/choose')).status).toBe(404);
    });

    it('attack 36: are not added by a form whose end comes after the end of the session', async () => {
      const [thief, owner] = [await world.signedIn(), await world.signedIn()];
      const csrf = csrfOf((await thief.get('/account')).body, '/account/authenticators/add');
      const held = thief.holdBack('/account/authenticators/add', { csrf });
      // Time enough for the server to look at everything that it can look at by now.
      for (let turn = 0; turn < 10; turn++) await owner.get('/account');
      await owner.press('/account', '/account/sessions/end-others');
      expect((await held()).location).toMatch(/^\/account\/login/);
      expect((await thief.get('/webapps/selfreg/choose')).status).toBe(404);
    });

    it('attack 36: are not added any more once the session has ended by whatever way', async () => {
      const { headers } = await world.iam.call('POST', 'iam/sessions', {
        body: { domain: JOHN.domain, login: JOHN.login, pwd: JOHN.password },
      });
      const [cookie = '', value = ''] = /^EraSession=([^;]+)/.exec(headers.get('set-cookie') ?? '') ?? [];
      const visitor = world.visitor();
      visitor.cookies.set('EraSession', value);
      await visitor.press('/account', '/account/authenticators/add');
      expect((await visitor.get('/webapps/selfreg/choose')).status).toBe(200);
      await world.iam.call('DELETE', 'iam/sessions/current', { cookie });
      expect((await visitor.get('/webapps/selfreg/choose')).status).toBe(404);
    });
  });

  describe('own links and requests', () => {
    it('of every surface are listed, with who made them', async () => {
      await world.link(passwordReset);
      await world.link(tokenEnrolment);
      await world.iam.forgot({ domain: JOHN.domain, key: JOHN.login });
      await world.iam.settle();
      const visitor = await world.signedIn();
      const { body } = await visitor.get('/account');
      for (const shown of ['Choose a new password', 'Set up an authenticator', 'RCDEVSDOCS\\helper']) {
        expect(body).toContain(shown);
      }
      expect((body.match(/\/account\/requests\/\d+\/cancel/g) ?? []).length).toBe(3);
    });

    it('are cancelled without another proof, once', async () => {
      const { number } = await world.link(passwordReset);
      const visitor = await world.signedIn();
      world.iam.app.clock.advance(600);
      const cancel = `/account/requests/${number}/cancel`;
      const { body } = await visitor.get('/account');
      expect((await visitor.press('/account', cancel)).location).toBe('/account');
      expect((await visitor.get('/account')).body).toContain('It is cancelled.');
      expect(await world.query('SELECT state, end_reason FROM one_time_requests')).toEqual([
        { state: 'cancelled', end_reason: 'person' },
      ]);
      expect((await visitor.post(cancel, { csrf: csrfOf(body, cancel) })).status).toBe(404);
    });

    it('do not include the links by which the owner stops a thief', async () => {
      const { number } = await world.link(authenticatorFreeze);
      await world.link(accountRecovery);
      const visitor = await world.signedIn();
      const { body } = await visitor.get('/account');
      expect(body).not.toContain(`/requests/${number}/`);
      const csrf = /action="\/account\/requests\/\d+\/cancel"[^]*?value="([^"]+)"/.exec(body)?.[1] ?? '';
      expect((await visitor.post(`/account/requests/${number}/cancel`, { csrf })).status).toBe(404);
    });
  });

  describe('own sessions', () => {
    it('are listed and ended, one or all others', async () => {
      const [here, there, elsewhere] = [await world.signedIn(), await world.signedIn(), await world.signedIn()];
      const { body } = await here.get('/account');
      expect(body).toContain('this one');
      const ends = body.match(/\/account\/sessions\/[0-9a-f-]{36}\/end/g) ?? [];
      expect(ends.length).toBe(2);
      expect((await here.press('/account', ends[0] ?? '')).location).toBe('/account');
      const alive = [(await there.get('/account')).status, (await elsewhere.get('/account')).status];
      expect(alive.toSorted((one, other) => one - other)).toEqual([200, 303]);
      await here.press('/account', '/account/sessions/end-others');
      for (const one of [there, elsewhere]) expect((await one.get('/account')).location).toBe('/account/login');
      expect((await here.get('/account')).status).toBe(200);
      expect(await world.audited('session.')).toEqual(['session.ended', 'session.others-ended']);
    });
  });

  describe('the own password', () => {
    const change = (visitor: AccountVisitor, password: string, repeated = password) =>
      visitor.press('/account/password', '/account/password', { password, repeated });

    it('attack 17: is changed; other sessions and links end, this session goes on, a notice is mailed', async () => {
      const [visitor, other] = [await world.signedIn(), await world.signedIn()];
      await world.link(passwordReset);
      expect((await visitor.get('/account/password')).body).toContain('What your new password needs');
      const changed = await change(visitor, NEW);
      expect([changed.status, changed.location]).toEqual([303, '/account']);
      expect((await visitor.get('/account')).body).toContain('Your password is changed.');
      expect((await other.get('/account')).location).toBe('/account/login');
      expect(await world.query('SELECT state FROM one_time_requests')).toEqual([{ state: 'cancelled' }]);
      expect((await world.visitor().logIn(JOHN)).status).toBe(401);
      expect((await world.visitor().logIn({ ...JOHN, password: NEW })).status).toBe(303);
      const letters = await world.iam.lettersTo('john@example.test');
      expect(letters.some(({ subject }) => /password/i.test(subject ?? ''))).toBe(true);
      expect(await world.audited('own-password')).toEqual(['own-password.completed']);
    });

    it('attack 11: is changed once by many sessions at once, and no session outlives a change in another', async () => {
      const visitors = await Promise.all(Array.from({ length: 8 }, () => world.signedIn()));
      const answers = await Promise.all(visitors.map((visitor, rival) => change(visitor, `River-41.stone${rival}`)));
      expect(answers.filter(({ status }) => status >= 500)).toEqual([]);
      const made = answers.map(({ location }) => location === '/account');
      expect(made.filter(Boolean)).toHaveLength(1);
      const alive = [];
      for (const visitor of visitors) alive.push((await visitor.get('/account')).status === 200);
      expect(alive).toEqual(made);
    });

    it('attack 11: is changed once by one session, too, however often the button is pressed, which goes on', async () => {
      const visitor = await world.signedIn();
      const csrf = csrfOf((await visitor.get('/account/password')).body, '/account/password');
      const passwords = Array.from({ length: 8 }, (_, rival) => `River-41.stone${rival}`);
      const answers = await Promise.all(
        passwords.map((password) => visitor.post('/account/password', { csrf, password, repeated: password })),
      );
      expect(answers.filter(({ status }) => status >= 500)).toEqual([]);
      expect(await world.audited('own-password.completed')).toHaveLength(1);
      expect((await visitor.get('/account')).status).toBe(200);
    });

    it('is refused by the rules, and the form comes back', async () => {
      const visitor = await world.signedIn();
      const refused = await change(visitor, 'short', 'other');
      expect(refused.status).toBe(422);
      expect(refused.body).toContain('The two entries are not the same.');
      expect(refused.body).not.toContain('value="short"');
      expect((await change(visitor, '', '')).status).toBe(422);
      expect((await world.visitor().logIn(JOHN)).status).toBe(303);
    });
  });

  describe('what belongs to somebody else', () => {
    it('attack 65: is neither shown nor touched, and like what nobody has', async () => {
      const johns = await world.totp(JOHN, { name: 'phone of john' });
      const request = await world.link(passwordReset, JOHN);
      const john = await world.signedInWithCode();
      const [session] = await world.query<{ id: string }>('SELECT id FROM sessions');
      const jane = await world.signedIn(JANE);
      await world.link(passwordReset, JANE);
      await world.signedIn(JANE);
      const home = (await jane.get('/account')).body;
      for (const theirs of ['phone of john', johns.token.serial, request.number + '/cancel', session?.id ?? '']) {
        expect(home).not.toContain(theirs);
      }
      const nobody = '00000000-0000-4000-8000-000000000000';
      const csrf = {
        requests: /action="\/account\/requests\/\d+\/cancel"[^]*?value="([^"]+)"/.exec(home)?.[1] ?? '',
        sessions: csrfOf(home, '/account/sessions/end-others'),
      };
      const routes = (ids: { authenticator: string; request: string; session: string }) => [
        () => jane.get(pageOf(ids.authenticator)),
        () => jane.post(`/account/requests/${ids.request}/cancel`, { csrf: csrf.requests }),
        () => jane.post(`/account/sessions/${ids.session}/end`, { csrf: csrf.sessions }),
      ];
      const foreign = { authenticator: johns.assignment.id, request: request.number, session: session?.id ?? '' };
      const answers = async (ids: typeof foreign) => {
        const found = [];
        for (const call of routes(ids)) {
          const { status, body } = await call();
          found.push([status, body]);
        }
        return found;
      };
      const theirs = await answers(foreign);
      expect(theirs.map(([status]) => status)).toEqual([404, 404, 404]);
      expect(await answers({ authenticator: nobody, request: '999999', session: nobody })).toEqual(theirs);
      expect(await answers({ authenticator: 'x', request: 'x', session: 'x' })).toEqual(theirs);
      const secret = plainSecret(jane.cookies.get('JSESSIONID') ?? '');
      for (const id of [johns.assignment.id, nobody]) {
        for (const act of ['rename', 'remove']) {
          const path = `${pageOf(id)}/${act}`;
          const good = world.iam.app.get(CsrfTokens).issue(secret, path);
          expect((await jane.post(path, { csrf: good, name: 'x' })).status).toBe(404);
        }
      }
      expect((await john.get('/account')).body).toContain('phone of john');
      expect(
        await world.query(`SELECT 1 FROM one_time_requests WHERE id = $1 AND state = 'sent'`, [request.id]),
      ).toHaveLength(1);
    });

    it('attack 10: no form of one session is taken in another', async () => {
      const [john, jane] = [await world.signedIn(JOHN), await world.signedIn(JANE)];
      const { body } = await jane.get('/account');
      const csrf = csrfOf(body, '/account/sign-out');
      expect((await john.post('/account/sign-out', { csrf })).status).toBe(400);
      expect(
        (await john.post('/account/sessions/end-others', { csrf: csrfOf(body, '/account/authenticators/add') })).status,
      ).toBe(400);
      const own = csrfOf((await john.get('/account')).body, '/account/sign-out');
      const elsewhere = await john.post(
        '/account/sign-out',
        { csrf: own },
        { headers: { 'sec-fetch-site': 'cross-site' } },
      );
      expect(elsewhere.status).toBe(400);
      expect((await john.get('/account')).status).toBe(200);
    });

    it('attack 68: two people at once see each their own', async () => {
      const [john, jane] = [await world.signedIn(JOHN), await world.signedIn(JANE)];
      await Promise.all(
        Array.from({ length: 40 }, async (_, turn) => {
          const even = turn % 2 === 0;
          const [own, other] = even ? ['John', 'Jane Doe'] : ['Jane Doe', 'John'];
          const { body } = await (even ? john : jane).get('/account');
          expect([body.includes(`<strong>${own}</strong>`), body.includes(`<strong>${other}</strong>`)]).toEqual([
            true,
            false,
          ]);
        }),
      );
    });

    it('attack 13: no GET and no HEAD changes anything', async () => {
      const { assignment } = await world.totp();
      const request = await world.link(passwordReset);
      const visitor = await world.signedInWithCode();
      const before = await world.query('SELECT * FROM sessions');
      for (const path of [
        '/account/sign-out',
        '/account/sessions/end-others',
        `/account/requests/${request.number}/cancel`,
        `${pageOf(assignment.id)}/remove`,
        `${pageOf(assignment.id)}/rename?name=x`,
        '/account/authenticators/add',
        '/account/password?password=x&repeated=x',
      ]) {
        expect((await visitor.get(path)).status).toBeLessThan(500);
        await visitor.head(path);
      }
      expect(await world.query('SELECT * FROM sessions')).toEqual(before);
      expect((await visitor.get('/account')).body).toContain(`/account/requests/${request.number}/cancel`);
    });
  });
});
