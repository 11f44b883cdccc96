import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { OAuthHousekeeping } from '../../../src/user-requests/oauth/oauth-housekeeping.js';
import { eachDatabase } from '../../support/test-database.js';
import { CONSUMER, OAuthWorld, problemOf, type Reply, TOKEN } from './oauth-world.js';

const RECEIPT = /^\d+;[A-Za-z0-9]{50}$/;

eachDatabase((database) => {
  let world: OAuthWorld;

  beforeAll(async () => {
    world = await OAuthWorld.start(database());
  });
  beforeEach(() => world.begin());
  afterAll(() => world?.stop());

  const nonces = async (): Promise<number> => (await world.query('SELECT 1 FROM oauth_nonces')).length;
  const now = (): number => Math.floor(world.house.app.clock.now().getTime() / 1_000);
  const expectDone = ({ status, text }: Reply): void => {
    expect([status, text]).toEqual([200, expect.stringMatching(RECEIPT)]);
  };
  /** A call with its OAuth parameters where a test wants them. */
  const raw = (path: string, authorization?: string, body?: string, method = 'POST'): Promise<Reply> =>
    world.send(path, {
      method,
      ...(body !== undefined && { body }),
      headers: {
        'x-forwarded-for': world.house.stranger(),
        ...(body !== undefined && { 'content-type': 'application/x-www-form-urlencoded; charset=UTF-8' }),
        ...(authorization !== undefined && { authorization }),
      },
    });
  const PATH = '/api/users/username1/requests';
  const FORM = 'request_type=PASSWORD_RESET';
  const SAMPLE =
    `OAuth realm="http://127.0.0.1:8080/", oauth_consumer_key="myConsumer", oauth_token="mh7an9dkrg59", ` +
    `oauth_timestamp="135131231", oauth_nonce="randomString"`;

  describe('unsigned calls', () => {
    it('are taken as published, with a time stamp of 1974, again and again', async () => {
      expectDone(await raw(PATH, SAMPLE, FORM));
      expectDone(await raw(PATH, SAMPLE, FORM));
      expectDone(await raw(`/belladati${PATH}`, SAMPLE, FORM));
      expect(await nonces()).toBe(0);
    });

    it('take their parameters from the form and from the query too', async () => {
      const parameters = 'oauth_consumer_key=myConsumer&oauth_token=mh7an9dkrg59';
      expectDone(await raw(PATH, undefined, `${FORM}&${parameters}`));
      expectDone(await raw(`${PATH}?${parameters}`, undefined, FORM));
    });

    it('are refused where signatures are required', async () => {
      await world.house.set('require_signature', true);
      expect(problemOf(await raw(PATH, SAMPLE, FORM))).toEqual([400, 'parameter_absent']);
      expectDone(await world.probe());
    });
  });

  describe('signed calls', () => {
    it('are taken with HMAC-SHA1 and with PLAINTEXT', async () => {
      expectDone(await world.probe());
      expectDone(await world.probe({ signature: 'PLAINTEXT' }));
      expectDone(await world.probe({ oauth: { oauth_version: '1.0' } }));
    });

    it('are refused when anything of them was changed: 403 signature_invalid', async () => {
      const changed = [
        world.probe({ tamper: (sent) => ({ ...sent, body: sent.body.replace('RESET', 'SET') }) }),
        world.probe({ tamper: (sent) => ({ ...sent, body: `${sent.body}&requestPin=true` }) }),
        world.probe({ tamper: (sent) => ({ ...sent, url: `${sent.url}?locale=de` }) }),
        world.probe({ tamper: (sent) => ({ ...sent, url: sent.url.replace('username1', 'manager1') }) }),
        world.probe({
          tamper: (sent) => ({
            ...sent,
            authorization: sent.authorization.replace(/oauth_nonce="./, 'oauth_nonce="_'),
          }),
        }),
        world.probe({ consumer: { ...CONSUMER, secret: 'otherSecret' } }),
        world.probe({ token: { ...TOKEN, secret: 'otherSecret' } }),
        world.probe({ consumer: { ...CONSUMER, secret: 'otherSecret' }, signature: 'PLAINTEXT' }),
      ];
      for (const reply of await Promise.all(changed)) expect(problemOf(reply)).toEqual([403, 'signature_invalid']);
    });

    it('count by the public URL, whatever Host and forwarding headers say (invariant 6)', async () => {
      const authorization = world.authorization(PATH, { form: { request_type: 'PASSWORD_RESET' } });
      const headers = { 'x-forwarded-host': 'evil.test', 'x-forwarded-proto': 'https', forwarded: 'host=evil.test' };
      const reply = await world.send(PATH, {
        method: 'POST',
        body: FORM,
        headers: {
          ...headers,
          authorization,
          'content-type': 'application/x-www-form-urlencoded',
          'x-forwarded-for': world.house.stranger(),
        },
      });
      expectDone(reply);
      const elsewhere = world.authorization(PATH, { form: { request_type: 'PASSWORD_RESET' } });
      const other = await world.house.app.app.inject({
        method: 'POST',
        url: PATH,
        headers: { host: 'evil.test', authorization: elsewhere, 'content-type': 'application/x-www-form-urlencoded' },
        payload: FORM,
      });
      expect(other.statusCode).toBe(200);
    });

    it('sign the path as it was sent', async () => {
      await world.house.set('login_with_email', true, 'domain 1');
      for (const name of ['username1%40example.test', 'username1@example.test']) {
        const form = { request_type: 'PASSWORD_RESET' };
        expectDone(await world.call(`/belladati/api/users/${name}/requests`, { form }));
      }
    });

    it('need a time stamp within the window: 400 timestamp_refused', async () => {
      for (const off of [-301, 301]) {
        const reply = await world.probe({ timestamp: now() + off });
        expect(problemOf(reply)).toEqual([400, 'timestamp_refused']);
        expect(new URLSearchParams(reply.text).get('oauth_acceptable_timestamps')).toBe(
          `${now() - 300}-${now() + 300}`,
        );
      }
      for (const off of [-300, 300]) expectDone(await world.probe({ timestamp: now() + off }));
      await world.house.set('timestamp_window', 10);
      expect(problemOf(await world.probe({ timestamp: now() - 11 }))).toEqual([400, 'timestamp_refused']);
    });

    it('may have nonces as the vendor’s clients make them', async () => {
      for (const nonce of ['-9223372036854775808', '4711', 'ä %&="\\']) expectDone(await world.probe({ nonce }));
    });

    it('with PLAINTEXT may do without time stamp and nonce, but not without one of them', async () => {
      const bare = (more: string): Promise<Reply> =>
        raw(
          PATH,
          `OAuth oauth_consumer_key="myConsumer",oauth_token="mh7an9dkrg59",oauth_signature_method="PLAINTEXT",` +
            `oauth_signature="mySecret%26b9q1n5il4lcc"${more}`,
          FORM,
        );
      expectDone(await bare(''));
      expect(problemOf(await bare(`,oauth_timestamp="${now()}"`))).toEqual([400, 'parameter_absent']);
      expect(problemOf(await bare(',oauth_nonce="x"'))).toEqual([400, 'parameter_absent']);
      expect(problemOf(await bare(',oauth_nonce="x",oauth_timestamp="soon"'))).toEqual([400, 'parameter_rejected']);
      expectDone(await bare(`,oauth_nonce="x",oauth_timestamp="${now()}"`));
      expect(problemOf(await bare(`,oauth_nonce="x",oauth_timestamp="${now()}"`))).toEqual([403, 'nonce_used']);
    });
  });

  describe('nonces', () => {
    it('attack 57: a call that was taken is not taken again: 403 nonce_used', async () => {
      const nonce = 'once';
      expectDone(await world.probe({ nonce }));
      expect(problemOf(await world.probe({ nonce }))).toEqual([403, 'nonce_used']);
      expect(problemOf(await world.probe({ nonce, timestamp: now() + 1 }))).toEqual([403, 'nonce_used']);
    });

    it('are forgotten when nobody could repeat them, and not before', async () => {
      await world.house.set('timestamp_window', 3_600);
      const timestamp = now() + 3_600;
      expectDone(await world.probe({ nonce: 'far', timestamp }));
      expectDone(await world.probe({ nonce: 'near', timestamp: now() - 3_600 }));
      world.house.app.clock.advance(7_200);
      await world.house.app.get(OAuthHousekeeping).run();
      expect(await nonces()).toBe(1);
      expect(problemOf(await world.probe({ nonce: 'far', timestamp }))).toEqual([403, 'nonce_used']);
      world.house.app.clock.advance(2);
      expect(problemOf(await world.probe({ nonce: 'far', timestamp }))).toEqual([400, 'timestamp_refused']);
      await world.house.app.get(OAuthHousekeeping).run();
      expect(await nonces()).toBe(0);
      expectDone(await world.probe({ nonce: 'far' }));
    });

    it('belong to consumer and token: another token may use the same', async () => {
      expectDone(await world.probe({ nonce: 'shared' }));
      const other = await world.tokenFor('manager1', 'correct horse 4');
      expectDone(await world.probe({ nonce: 'shared', token: other }));
    });

    it('attack 58: an alias of a nonce is that nonce', async () => {
      expectDone(await world.probe({ nonce: 'banana' }));
      const alias = await world.probe({
        nonce: 'banana',
        tamper: (sent) => ({
          ...sent,
          authorization: sent.authorization.replace('oauth_nonce="banana"', 'oauth_nonce="%62%61n%61na"'),
        }),
      });
      expect(problemOf(alias)).toEqual([403, 'nonce_used']);
    });

    it('attack 58: nothing is given twice or in two places: 400 parameter_rejected', async () => {
      const again = (sent: { authorization: string }): string => `${sent.authorization}, oauth_nonce="second"`;
      const twice = await world.probe({ tamper: (sent) => ({ ...sent, authorization: again(sent) }) });
      expect(problemOf(twice)).toEqual([400, 'parameter_rejected']);
      expect(new URLSearchParams(twice.text).get('oauth_parameters_rejected')).toBe('oauth_nonce');
      const mixes = [
        world.probe({ tamper: (sent) => ({ ...sent, url: `${sent.url}?oauth_nonce=second` }) }),
        world.probe({ tamper: (sent) => ({ ...sent, url: `${sent.url}?oauth_whatever=1` }) }),
        world.probe({ tamper: (sent) => ({ ...sent, body: `${sent.body}&oauth_nonce=second` }) }),
        raw(`${PATH}?oauth_token=mh7an9dkrg59`, undefined, `${FORM}&oauth_consumer_key=myConsumer`),
        raw(PATH, undefined, `${FORM}&oauth_consumer_key=myConsumer&oauth_consumer_key=myConsumer&oauth_token=x`),
      ];
      for (const reply of await Promise.all(mixes)) expect(problemOf(reply)).toEqual([400, 'parameter_rejected']);
      expect(await nonces()).toBe(0);
    });

    it('attack 59: calls that prove nothing fill no store and use up no nonce of a client', async () => {
      const nonce = 'mine';
      for (const call of [
        { signature: 'none' },
        { consumer: { ...CONSUMER, secret: 'guess' } },
        { token: { ...TOKEN, secret: 'guess' } },
        { timestamp: 135_131_231 },
      ] as const) {
        await world.probe({ nonce, ...call });
      }
      expect(await nonces()).toBe(0);
      expectDone(await world.probe({ nonce }));
      expect(await nonces()).toBe(1);
    });
  });

  it('attack 60: empty secrets and signatures prove nothing', async () => {
    const bare = `OAuth oauth_consumer_key="myConsumer",oauth_token="mh7an9dkrg59",oauth_signature_method="PLAINTEXT"`;
    for (const signature of ['', '%26', 'mySecret%26', '%26b9q1n5il4lcc']) {
      expect(problemOf(await raw(PATH, `${bare},oauth_signature="${signature}"`, FORM))).toEqual([
        403,
        'signature_invalid',
      ]);
    }
    expect(
      problemOf(await raw(PATH, `${bare.replace(/,oauth_signature_method.*/, '')},oauth_signature=""`, FORM)),
    ).toEqual([400, 'parameter_absent']);
    for (const [consumer, token] of [
      ['', 'mh7an9dkrg59'],
      ['myConsumer', ''],
    ] as const) {
      const reply = await raw(PATH, `OAuth oauth_consumer_key="${consumer}",oauth_token="${token}"`, FORM);
      expect(problemOf(reply)).toEqual(consumer === '' ? [400, 'missing_consumer'] : [401, 'missing_token']);
    }
  });
});
