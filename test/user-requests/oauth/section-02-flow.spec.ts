import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { OAuthHousekeeping } from '../../../src/user-requests/oauth/oauth-housekeeping.js';
import { eachDatabase } from '../../support/test-database.js';
import {
  CONSUMER,
  type Credentials,
  DOMAIN,
  HELPER_TOKEN,
  ledTo,
  OAuthWorld,
  PLAIN_TOKEN,
  PORTAL,
  problemOf,
  type Reply,
  STRICT,
  tokenOf,
  WIDE,
  WIDE_TOKEN,
  WORLD,
} from './oauth-world.js';

const CALLBACK = `${PORTAL}/back?state=1`;
const MANAGER = ['manager1', 'correct horse 4'] as const;

eachDatabase((database) => {
  let world: OAuthWorld;

  beforeAll(async () => {
    world = await OAuthWorld.start(database());
  });
  beforeEach(() => world.begin());
  afterAll(() => world?.stop());

  /** Whether a token works: status and problem of a call by it. */
  const works = async (token: Credentials, consumer = CONSUMER): Promise<unknown> => {
    const reply = await world.probe({ token, consumer });
    return reply.status === 200 ? 'works' : problemOf(reply)[1];
  };
  const count = async (table: string): Promise<number> => (await world.query(`SELECT 1 FROM ${table}`)).length;
  /** From the request token to the access token, with a callback. */
  const authorised = async (login = 'manager1'): Promise<Credentials> => {
    const token = await world.requestToken(CALLBACK);
    const { brings } = ledTo(await world.decide(token.key, await world.cookieOf(login)));
    return tokenOf(await world.exchange(token, brings['oauth_verifier']));
  };

  describe('request tokens', () => {
    it('are given by POST and by GET, from header, form and query, at both bases', async () => {
      const answer = /^oauth_token=[A-Za-z0-9_-]{43}&oauth_token_secret=[A-Za-z0-9_-]{43}$/;
      for (const path of ['/oauth/requestToken', '/belladati/oauth/requestToken']) {
        for (const method of ['POST', 'GET']) {
          const { status, text, headers } = await world.call(path, { token: undefined, method });
          expect([status, text]).toEqual([200, expect.stringMatching(answer)]);
          expect(headers.get('content-type')).toBe('application/x-www-form-urlencoded; charset=utf-8');
          expect(headers.get('cache-control')).toBe('no-store');
        }
        const parameters = 'oauth_consumer_key=myConsumer&oauth_nonce=randomString&oauth_timestamp=135131231';
        const form = await world.send(path, {
          method: 'POST',
          body: parameters,
          headers: { 'content-type': 'application/x-www-form-urlencoded' },
        });
        const query = await world.send(`${path}?${parameters}`);
        expect([form.text, query.text]).toEqual([expect.stringMatching(answer), expect.stringMatching(answer)]);
      }
    });

    it('confirm a callback, and take only those that the domain lets people be led to', async () => {
      const ask = (callback: string): Promise<Reply> =>
        world.call('/oauth/requestToken', { token: undefined, oauth: { oauth_callback: callback } });
      for (const good of [CALLBACK, 'oob']) {
        expect((await ask(good)).text).toMatch(/&oauth_callback_confirmed=true$/);
      }
      for (const bad of [
        'https://evil.test/',
        `${PORTAL}.evil.test/`,
        `${PORTAL}@evil.test/`,
        '/account',
        '//evil.test',
        'javascript:alert(1)',
        'http://portal.example.test/',
        'app://portal.example.test/',
      ]) {
        expect([bad, ...problemOf(await ask(bad))]).toEqual([bad, 400, 'parameter_rejected']);
      }
    });

    it('are not given for the asking of headers, nor to an address that asks without end', async () => {
      const head = await world.call('/oauth/requestToken', { token: undefined, method: 'HEAD' });
      expect([head.status, await count('oauth_request_tokens')]).toEqual([405, 0]);
      const from = world.house.stranger();
      for (let asked = 0; asked < 60; asked++) await world.call('/oauth/requestToken', { token: undefined, from });
      const { status, headers, text } = await world.call('/oauth/requestToken', { token: undefined, from });
      expect([status, text]).toEqual([503, '{"error":"too many requests"}']);
      expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
    });
  });

  describe('consent', () => {
    it('leads to the callback with token and verifier, which are good for one access token', async () => {
      const token = await world.requestToken(CALLBACK);
      const granted = ledTo(await world.decide(token.key, await world.cookieOf('manager1')));
      expect(granted).toEqual({
        at: `${PORTAL}/back`,
        brings: {
          state: '1',
          oauth_token: token.key,
          oauth_verifier: expect.stringMatching(/^[A-Za-z0-9_-]{43}$/) as string,
        },
      });
      const verifier = granted.brings['oauth_verifier'];
      expect(problemOf(await world.exchange(token))).toEqual([401, 'verifier_invalid']);
      expect(problemOf(await world.exchange(token, ''))).toEqual([401, 'verifier_invalid']);
      expect(problemOf(await world.exchange(token, `${verifier}x`))).toEqual([401, 'verifier_invalid']);
      const access = tokenOf(await world.exchange(token, verifier));
      expect(await works(access)).toBe('works');
      expect(problemOf(await world.exchange(token, verifier))).toEqual([401, 'invalid_token']);
      expect(await works(token)).toBe('invalid_token');
    });

    it('needs no verifier without callback, as the vendor’s clients know it', async () => {
      const token = await world.requestToken();
      expect(problemOf(await world.exchange(token))).toEqual([401, 'unauthorized_token']);
      const page = await world.decide(token.key, await world.cookieOf('manager1'));
      expect([page.status, page.text]).toEqual([200, expect.stringContaining('You may return to it')]);
      expect(await works(tokenOf(await world.exchange(token, undefined, { method: 'GET' })))).toBe('works');
    });

    it('shows a verifier to carry where the callback is oob', async () => {
      const token = await world.requestToken('oob');
      const page = await world.decide(token.key, await world.cookieOf('manager1'));
      const [, verifier] = /<code class="key">([a-z2-9]{12})<\/code>/.exec(page.text) ?? [];
      expect(problemOf(await world.exchange(token))).toEqual([401, 'verifier_invalid']);
      expect(await works(tokenOf(await world.exchange(token, verifier)))).toBe('works');
    });

    it('has the same page at each of its addresses, for the consumer of the token only', async () => {
      const cookie = await world.cookieOf('manager1');
      const { key } = await world.requestToken();
      for (const base of ['', '/belladati']) {
        for (const path of [
          `/authorizeRequestToken/${key}/myConsumer`,
          `/oauth/authorizeRequestToken?oauth_token=${key}`,
        ]) {
          const { status, text, headers } = await world.consent(key, cookie, `${base}${path}`);
          expect([path, status]).toEqual([path, 200]);
          expect(text).toContain('Let myConsumer act for you?');
          expect(headers.get('cache-control')).toBe('no-store');
          expect(headers.get('referrer-policy')).toBe('no-referrer');
          expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
        }
      }
      const other = await world.consent(key, cookie, `/authorizeRequestToken/${key}/strictConsumer`);
      const unknown = await world.consent('nothing', cookie);
      expect([other.status, unknown.status]).toEqual([404, 404]);
      expect(other.text.replaceAll(/\?[^"]*/g, '')).toBe(unknown.text.replaceAll(/\?[^"]*/g, ''));
    });

    it('asks who is not signed in to sign in, and to come back', async () => {
      const { key } = await world.requestToken();
      const reply = await world.consent(key);
      expect(ledTo(reply)).toEqual({
        at: 'http://here.invalid/account/login',
        brings: { to: `/oauth/authorizeRequestToken?oauth_token=${key}` },
      });
      expect(ledTo(await world.consent(key, 'JSESSIONID=nonsense')).at).toBe('http://here.invalid/account/login');
    });

    it('attack 36: asks who was let in by a request of others for the password first', async () => {
      const { key } = await world.requestToken();
      const cookie = await world.cookieOf('manager1', DOMAIN, 'request');
      expect(ledTo(await world.consent(key, cookie)).at).toBe('http://here.invalid/account/confirm');
    });

    it('is not for people of another domain', async () => {
      const { key } = await world.requestToken();
      const page = await world.consent(key, await world.cookieOf('john', 'RCDEVSDOCS'));
      expect([page.status, page.text]).toEqual([403, expect.stringContaining('works for people of domain 1')]);
    });

    it('attack 10: is given by nobody but the person, on our own page', async () => {
      const { key } = await world.requestToken();
      const cookie = await world.cookieOf('manager1');
      const { text } = await world.consent(key, cookie);
      const csrf = /name="csrf" value="([^"]+)"/.exec(text)?.[1] ?? '';
      const fields = { csrf, oauth_token: key, decision: 'allow' };
      const others = await world.cookieOf('second1');
      expect((await world.press({ ...fields, csrf: 'x' }, cookie)).status).toBe(400);
      expect((await world.press(fields, others)).status).toBe(400);
      expect((await world.press(fields, cookie, { 'sec-fetch-site': 'cross-site' })).status).toBe(400);
      expect((await world.press(fields, '')).status).toBe(404);
      const [untouched] = await world.query<{ account_id: string | null }>(
        'SELECT account_id FROM oauth_request_tokens',
      );
      expect(untouched?.account_id).toBeNull();
      expect((await world.press(fields, cookie)).status).toBe(200);
      expect((await world.press(fields, cookie)).status).toBe(404);
    });

    it('attack 13: is not given by looking at the page', async () => {
      const token = await world.requestToken();
      const cookie = await world.cookieOf('manager1');
      for (const method of ['GET', 'HEAD', 'GET']) {
        await world.send(`/oauth/authorizeRequestToken?oauth_token=${token.key}`, { method, headers: { cookie } });
      }
      expect(problemOf(await world.exchange(token))).toEqual([401, 'unauthorized_token']);
    });

    it('may be declined, and the token is gone then', async () => {
      const token = await world.requestToken(CALLBACK);
      const declined = ledTo(await world.decide(token.key, await world.cookieOf('manager1'), 'deny'));
      expect(declined).toEqual({
        at: `${PORTAL}/back`,
        brings: { state: '1', oauth_token: token.key, oauth_problem: 'user_refused' },
      });
      expect(problemOf(await world.exchange(token, 'x'))).toEqual([401, 'invalid_token']);
      const silent = await world.requestToken();
      const page = await world.decide(silent.key, await world.cookieOf('manager1'), 'deny');
      expect(page.text).toContain('did not get access');
    });

    it('is over after a quarter of an hour, before and after the grant', async () => {
      const [open, granted] = [await world.requestToken(), await world.requestToken()];
      const cookie = await world.cookieOf('manager1');
      await world.decide(granted.key, cookie);
      world.house.app.clock.advance(901);
      expect((await world.consent(open.key, cookie)).status).toBe(404);
      expect(problemOf(await world.exchange(granted))).toEqual([401, 'token_expired']);
      world.house.app.clock.advance(86_400);
      await world.house.app.get(OAuthHousekeeping).run();
      expect(await count('oauth_request_tokens')).toBe(0);
      expect(problemOf(await world.exchange(granted))).toEqual([401, 'invalid_token']);
    });

    it('leads no consumer to another one’s token', async () => {
      const token = await world.requestToken();
      await world.decide(token.key, await world.cookieOf('manager1'));
      expect(problemOf(await world.exchange(token, undefined, { consumer: STRICT }))).toEqual([401, 'invalid_token']);
      expect(tokenOf(await world.exchange(token)).key).toMatch(/./);
    });

    it('attack 17: a change of password between grant and exchange leaves nothing to be had', async () => {
      const token = await world.requestToken();
      await world.decide(token.key, await world.cookieOf('manager1'));
      await world.query(
        `UPDATE accounts SET credential_generation = credential_generation + 1 WHERE login = 'manager1'`,
      );
      expect(problemOf(await world.exchange(token))).toEqual([401, 'invalid_token']);
      expect(await count('oauth_access_tokens')).toBe(0);
    });
  });

  describe('access tokens', () => {
    it('attack 17: die with a change of password, and with the account', async () => {
      const token = await authorised();
      expect(await works(token)).toBe('works');
      await world.query(
        `UPDATE accounts SET credential_generation = credential_generation + 1 WHERE login = 'manager1'`,
      );
      expect(await works(token)).toBe('invalid_token');
      const next = await world.tokenFor(...MANAGER);
      await world.query(`UPDATE accounts SET state = 'deactivated' WHERE login = 'manager1'`);
      expect(await works(next)).toBe('invalid_token');
      expect(await works({ key: 'mh7an9dkrg59', secret: 'b9q1n5il4lcc' })).toBe('invalid_token');
    });

    it('die with the person, and are not inherited by the next of the name', async () => {
      const token = await authorised();
      await world.query(`DELETE FROM builtin_people WHERE login = 'manager1'`);
      expect(await works(token)).toBe('invalid_token');
      await world.house.app.apply(WORLD, { PORT: new URL(world.url).port });
      expect(await works(token)).toBe('invalid_token');
    });

    it('die with their consumer, and with its secret', async () => {
      const token = await authorised();
      const port = { PORT: new URL(world.url).port };
      await world.house.app.apply(WORLD.replace('secret: mySecret', 'secret: newSecret'), port);
      expect(await works(token)).toBe('invalid_token');
      expect(problemOf(await world.probe({ token, signature: 'none' }))).toEqual([401, 'invalid_token']);
      expect(await works(token, { ...CONSUMER, secret: 'newSecret' })).toBe('invalid_token');
      await world.query(`DELETE FROM declared_objects WHERE kind = 'consumer' AND name = 'myConsumer'`);
      await world.house.set('strict_status', true);
      expect(await works(token)).toBe('invalid_consumer');
    });

    it('die after token_lifetime: 401 token_expired', async () => {
      await world.house.set('token_lifetime', 3_600);
      const token = await world.tokenFor(...MANAGER);
      world.house.app.clock.advance(3_599);
      expect(await works(token)).toBe('works');
      world.house.app.clock.advance(1);
      expect(await works(token)).toBe('token_expired');
      world.house.app.clock.advance(31 * 86_400);
      await world.house.app.get(OAuthHousekeeping).run();
      expect(await works(token)).toBe('invalid_token');
    });

    it('attack 42: lie in the database as digest and cipher text only', async () => {
      const request = await world.requestToken();
      const access = await authorised();
      const rows = JSON.stringify([
        await world.query('SELECT * FROM oauth_request_tokens'),
        await world.query('SELECT * FROM oauth_access_tokens'),
        await world.query('SELECT * FROM audit_events'),
      ]);
      for (const { key, secret } of [request, access]) {
        expect([rows.includes(key), rows.includes(secret)]).toEqual([false, false]);
      }
    });

    it('of the configuration are nobody’s whose login is nobody’s', async () => {
      expect(await works({ key: 'ghost9dkrg59', secret: 'ghostsecret1' })).toBe('invalid_token');
    });
  });

  describe('xAuth', () => {
    it('exchanges login and password for a token', async () => {
      expect(await works(await world.tokenFor(...MANAGER))).toBe('works');
      expect(await works(tokenOf(await world.xAuth('domain 1\\manager1', MANAGER[1])))).toBe('works');
      expect(await works(tokenOf(await world.xAuth(...MANAGER, { signature: 'none' })))).toBe('works');
    });

    it('is off where the consumer may not: 403 x_auth_disabled', async () => {
      expect(problemOf(await world.xAuth(...MANAGER, { consumer: STRICT }))).toEqual([403, 'x_auth_disabled']);
    });

    it('needs both: 400 missing_username, missing_password', async () => {
      expect(problemOf(await world.xAuth('', MANAGER[1]))).toEqual([400, 'missing_username']);
      expect(problemOf(await world.xAuth('manager1', ''))).toEqual([400, 'missing_password']);
      const alone = { x_auth_username: 'manager1' };
      expect(problemOf(await world.xAuth('', '', { form: alone }))).toEqual([400, 'missing_password']);
      const mode = { x_auth_mode: 'other', x_auth_username: 'manager1', x_auth_password: MANAGER[1] };
      expect(problemOf(await world.xAuth('', '', { form: mode }))).toEqual([400, 'parameter_rejected']);
    });

    it('does not read a password from the address', async () => {
      const path = `/oauth/accessToken?x_auth_username=manager1&x_auth_password=${encodeURIComponent(MANAGER[1])}`;
      expect(problemOf(await world.call(path, { token: undefined }))).toEqual([401, 'missing_token']);
    });

    it('attack 45: says the same of a wrong password and of nobody: 401 permission_denied', async () => {
      const known = await world.xAuth('manager1', 'wrong');
      const unknown = await world.xAuth('nobody', 'wrong');
      expect([problemOf(known), known.text]).toEqual([[401, 'permission_denied'], unknown.text]);
      expect(problemOf(await world.xAuth('RCDEVSDOCS\\john', 'correct horse 2'))).toEqual([403, 'domain_restricted']);
      expect(problemOf(await world.xAuth('nowhere\\john', 'x'))).toEqual([403, 'domain_restricted']);
    });

    it('tells who knows the password that the account is blocked: 403 user_not_active', async () => {
      await world.person('manager1');
      await world.query(`UPDATE accounts SET state = 'deactivated' WHERE login = 'manager1'`);
      expect(problemOf(await world.xAuth(...MANAGER))).toEqual([403, 'user_not_active']);
      expect(problemOf(await world.xAuth('manager1', 'wrong'))).toEqual([401, 'permission_denied']);
    });

    it('attack 26: counts attempts before it looks, and stops an address that guesses: 503', async () => {
      const from = world.house.stranger();
      const replies: Reply[] = [];
      for (let guess = 0; guess < 12; guess++) replies.push(await world.xAuth(`guess${guess}`, 'wrong', { from }));
      expect(replies.map(({ status }) => status)).toEqual([...Array.from({ length: 10 }, () => 401), 503, 503]);
      expect((await world.xAuth(...MANAGER, { from })).status).toBe(503);
      expect(await works(await world.tokenFor(...MANAGER))).toBe('works');
    });
  });

  describe('a token for somebody', () => {
    const ask = (username: string, form: Record<string, string> = {}, call: object = {}): Promise<Reply> =>
      world.call(`/api/users/${username}/accessToken`, { form, ...call });
    const splitOf = ({ status, text }: Reply): Credentials => {
      const [, key, secret] = /^([A-Za-z0-9_-]{43});([A-Za-z0-9_-]{43})$/.exec(text) ?? [];
      if (status !== 200 || key === undefined || secret === undefined) throw new Error(`${status} ${text}`);
      return { key, secret };
    };

    it('is token;secret, works as that person, and as long as was asked for', async () => {
      const token = splitOf(await ask('username1', { validity: '600', domain_id: DOMAIN }));
      // Who has no role may ask for nothing.
      expect((await world.probe({ token, form: { request_type: 'LOGIN' } })).status).toBe(403);
      world.house.app.clock.advance(601);
      expect(problemOf(await world.probe({ token }))).toEqual([401, 'token_expired']);
      const { domain } = await world.person('username1');
      expect((await ask('USERNAME1', { domainId: domain.id })).status).toBe(200);
      expect((await world.call('/belladati/api/users/username1/accessToken')).status).toBe(200);
    });

    it('is cut to token_lifetime', async () => {
      await world.house.set('token_lifetime', 60);
      const token = splitOf(await ask('username1', { validity: '600' }));
      world.house.app.clock.advance(61);
      expect(problemOf(await world.probe({ token }))).toEqual([401, 'token_expired']);
    });

    it.each([
      ['validity', '0'],
      ['validity', '-1'],
      ['validity', '1e3'],
      ['validity', 'soon'],
      ['validity', '315360001'],
    ])('refuses %s=%s', async (name, value) => {
      const { status, text } = await ask('username1', { [name]: value });
      expect([status, text]).toEqual([400, '{"error":"validity: out of range"}']);
    });

    it('attack 65: is for who may log in as that person', async () => {
      const statuses = async (...calls: [string, object?, Record<string, string>?][]): Promise<number[]> => {
        const replies: number[] = [];
        for (const [username, call, form] of calls) replies.push((await ask(username, form, call)).status);
        return replies;
      };
      const wide = { consumer: WIDE, token: WIDE_TOKEN };
      expect(await statuses(['manager1'], ['helper1'], ['second1'], ['nobody'], ['john'])).toEqual([
        403, 403, 403, 404, 404,
      ]);
      expect(await statuses(['username1', { token: HELPER_TOKEN }], ['manager1', { token: PLAIN_TOKEN }])).toEqual([
        403, 403,
      ]);
      expect(await statuses(['manager1', wide, { domain_id: DOMAIN }], ['john', wide])).toEqual([200, 200]);
      const elsewhere = await ask('john', { domain_id: 'RCDEVSDOCS' });
      expect([403, 404]).toContain(elsewhere.status);
      const token = splitOf(await ask('manager1', { domain_id: DOMAIN }, wide));
      expect(await works(token, WIDE)).toBe('works');
      expect(await works(token)).toBe('invalid_token');
    });

    it('is not for who is switched off, and not by GET or without a token', async () => {
      await world.person('username1');
      await world.query(`UPDATE accounts SET state = 'deactivated' WHERE login = 'username1'`);
      expect((await ask('username1')).text).toBe('{"error":"user is not active"}');
      const get = await ask('username1', {}, { method: 'GET' });
      expect([get.status, get.headers.get('allow')]).toEqual([405, 'POST']);
      const anonymous = await world.send('/api/users/username1/accessToken', { method: 'POST' });
      expect(problemOf(anonymous)).toEqual([401, 'missing_token']);
    });
  });
});
