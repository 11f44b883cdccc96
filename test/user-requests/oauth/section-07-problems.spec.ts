import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { OAUTH_PROBLEMS } from '../../../src/surfaces/oauth1/oauth-problem.js';
import { eachDatabase } from '../../support/test-database.js';
import { type Call, CONSUMER, OAuthWorld, problemOf, type Reply, STRICT, TOKEN } from './oauth-world.js';

eachDatabase((database) => {
  let world: OAuthWorld;

  beforeAll(async () => {
    world = await OAuthWorld.start(database());
  });
  beforeEach(() => world.begin());
  afterAll(() => world?.stop());

  const bare = (authorization: string): Promise<Reply> =>
    world.send('/api/users/username1/requests', {
      method: 'POST',
      body: new URLSearchParams({ request_type: 'PASSWORD_RESET' }),
      headers: { authorization, 'x-forwarded-for': world.house.stranger() },
    });

  describe('what is wrong with OAuth parameters', () => {
    const cases: [number, string, Call][] = [
      [400, 'missing_consumer', { consumer: { ...CONSUMER, key: '' } }],
      [400, 'invalid_consumer', { consumer: { ...CONSUMER, key: 'nobody' } }],
      [400, 'invalid_consumer', { consumer: { ...CONSUMER, key: 'MYCONSUMER' } }],
      [401, 'missing_token', { token: undefined }],
      [401, 'missing_token', { token: { ...TOKEN, key: '' } }],
      [401, 'invalid_token', { token: { ...TOKEN, key: 'nobody' } }],
      [401, 'invalid_token', { consumer: STRICT }],
      [403, 'signature_invalid', { token: { ...TOKEN, secret: 'wrong' } }],
      [400, 'version_rejected', { oauth: { oauth_version: '2.0' }, tamper: (sent) => ({ ...sent }) }],
      [400, 'timestamp_refused', { timestamp: 135_131_231 }],
      [400, 'parameter_rejected', { timestamp: -1 }],
      [400, 'parameter_rejected', { nonce: 'n'.repeat(256) }],
    ];
    it.each(cases)('is %i %s', async (status, word, call) => {
      const changed =
        call.oauth?.['oauth_version'] === undefined
          ? call
          : {
              tamper: (sent: { url: string; authorization: string; body: string }) => ({
                ...sent,
                authorization: sent.authorization.replace('oauth_version="1.0"', 'oauth_version="2.0"'),
              }),
            };
      const reply = await world.probe(changed);
      expect(problemOf(reply)).toEqual([status, word]);
      expect(reply.text.startsWith(`oauth_problem=${word}`)).toBe(true);
      expect(reply.headers.get('cache-control')).toBe('no-store');
    });

    it.each([
      ['Basic bXlDb25zdW1lcjpteVNlY3JldA==', 'missing_consumer'],
      ['Bearer mh7an9dkrg59', 'missing_consumer'],
      ['OAuth', 'missing_consumer'],
      ['OAuth ', 'missing_consumer'],
      ['OAuth realm="x"', 'missing_consumer'],
      ['OAuth oauth_consumer_key=myConsumer', 'parameter_rejected'],
      ['OAuth oauth_consumer_key="myConsumer', 'parameter_rejected'],
      ['OAuth oauth_consumer_key="%"', 'parameter_rejected'],
      ['OAuth oauth_consumer_key="%00"', 'parameter_rejected'],
      ['OAuth oauth_consumer_key="%FF"', 'parameter_rejected'],
      ['OAuth oauth_consumer_key="myConsumer" oauth_token="x"', 'parameter_rejected'],
      ['OAuth oauth_consumer_key="a",oauth_consumer_key="b"', 'parameter_rejected'],
    ])('is 400 for the header %s, also of a call that needs none', async (header, word) => {
      expect(problemOf(await bare(header))).toEqual([400, word]);
    });

    it('is 400 for a method of signing that we do not know, or none', async () => {
      const base = 'OAuth oauth_consumer_key="myConsumer",oauth_token="mh7an9dkrg59",oauth_signature="x"';
      expect(problemOf(await bare(base))).toEqual([400, 'parameter_absent']);
      for (const method of ['RSA-SHA1', 'hmac-sha1', 'HMAC-SHA256', 'none', '']) {
        expect(problemOf(await bare(`${base},oauth_signature_method="${method}"`))).toEqual([
          400,
          'signature_method_rejected',
        ]);
      }
    });

    it('does not mind the name of the scheme, space around commas, or a realm', async () => {
      const odd = 'oauth   realm="a, b" ,  oauth_consumer_key = "myConsumer"\t,oauth_token="mh7an9dkrg59" , ';
      expect((await bare(odd)).status).toBe(200);
    });

    it('has a status for every word', () => {
      expect(new Set(Object.values(OAUTH_PROBLEMS))).toEqual(new Set([400, 401, 403]));
    });
  });

  describe('everything else', () => {
    it('is JSON with the status of section 7', async () => {
      const reply = await world.call('/api/users/nobody/accessToken');
      expect([reply.status, reply.text]).toEqual([404, '{"error":"user not found"}']);
      expect(reply.headers.get('content-type')).toBe('application/json; charset=utf-8');
    });

    it.each(['/api/nothing', '/belladati/api/nothing', '/oauth/nothing', '/belladati/oauth/v2/accessToken'])(
      'is 404 at %s',
      async (path) => {
        const { status, text } = await world.send(path);
        expect([status, text]).toEqual([404, '{"error":"path not found"}']);
      },
    );

    it.each([
      ['PUT', '/oauth/requestToken', 'GET, HEAD, POST'],
      ['DELETE', '/belladati/oauth/accessToken', 'GET, HEAD, POST'],
      ['GET', '/api/users/username1/requests', 'POST'],
      ['PUT', '/api/users/username1/accessToken', 'POST'],
    ])('is 405 for %s %s', async (method, path, allow) => {
      const { status, text, headers } = await world.send(path, { method });
      expect([status, text, headers.get('allow')]).toEqual([405, '{"error":"verb not supported"}', allow]);
    });

    it.each(['/api/users/%/requests', '/api/users/%ff/requests', '/belladati/oauth/%zz'])(
      'is JSON for an address that cannot be decoded: %s',
      async (path) => {
        const { status, text } = await world.send(path, { method: 'POST' });
        expect([Math.floor(status / 100), Object.keys(JSON.parse(text) as object)]).toEqual([4, ['error']]);
      },
    );

    it.each([
      ['a JSON body', 'application/json', '{"a":1}', 400],
      ['a lone percent', 'application/x-www-form-urlencoded', 'a=%', 400],
      ['bytes that are no UTF-8', 'application/x-www-form-urlencoded', 'a=%FF', 400],
      ['a NUL byte', 'application/x-www-form-urlencoded', 'a=%00', 400],
      ['too many parameters', 'application/x-www-form-urlencoded', 'a&'.repeat(501), 400],
      ['too long a body', 'application/x-www-form-urlencoded', `a=${'a'.repeat(70_000)}`, 413],
    ])('is %s: JSON', async (_, type, body, status) => {
      for (const path of ['/oauth/requestToken', '/oauth/accessToken', '/api/users/username1/accessToken']) {
        const reply = await world.send(path, { method: 'POST', body, headers: { 'content-type': type } });
        expect([path, reply.status, Object.keys(JSON.parse(reply.text) as object)]).toEqual([path, status, ['error']]);
      }
    });
  });

  it('is written down when something was shown that nobody has, without what it was', async () => {
    await world.probe({ token: { key: 'guess', secret: 'x' } });
    await world.probe({ consumer: { key: 'mySecret', secret: 'x' } });
    const told = await world.query<{ detail: object }>(
      `SELECT detail FROM audit_events WHERE event = 'oauth-call.refused' ORDER BY at, id`,
    );
    expect(told.map(({ detail }) => detail)).toEqual([
      { problem: 'invalid_token', consumer: 'myConsumer' },
      { problem: 'invalid_consumer', consumer: '(unknown)' },
    ]);
  });

  it('stops an address that guesses: 503 with Retry-After, and nobody else', async () => {
    const from = world.house.stranger();
    for (let guess = 0; guess < 30; guess++) await world.probe({ from, token: { key: `guess${guess}`, secret: 'x' } });
    const { status, text, headers } = await world.probe({ from });
    expect([status, text]).toEqual([503, '{"error":"too many requests"}']);
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await world.probe()).status).toBe(200);
  });
});
