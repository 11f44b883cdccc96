import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { Configuration } from '../../../src/core/domains/configuration.js';
import { describeOnPostgres } from '../../support/test-database.js';
import { CONSUMER, ledTo, OAuthWorld, PORTAL, problemOf, type Reply, TOKEN } from './oauth-world.js';

const RIVALS = 24;

const count = (replies: readonly Reply[], status: number): number =>
  replies.filter((reply) => reply.status === status).length;
const many = (call: (rival: number) => Promise<Reply>): Promise<Reply[]> =>
  Promise.all(Array.from({ length: RIVALS }, (_, rival) => call(rival)));

for (const poolSize of [1, 20]) {
  describeOnPostgres(
    `many at once, with a pool of ${poolSize}`,
    (database) => {
      let world: OAuthWorld;

      beforeAll(async () => {
        world = await OAuthWorld.start(database());
      });
      beforeEach(() => world.begin());
      afterAll(() => world?.stop());

      it('attack 57: one of many calls with one nonce is taken', async () => {
        const replies = await many(() => world.probe({ nonce: 'one' }));
        expect([count(replies, 200), count(replies, 403)]).toEqual([1, RIVALS - 1]);
      });

      it('attack 11: one exchange of a request token gets the access token', async () => {
        const token = await world.requestToken(`${PORTAL}/back`);
        const { brings } = ledTo(await world.decide(token.key, await world.cookieOf('manager1')));
        const replies = await many(() => world.exchange(token, brings['oauth_verifier']));
        expect([count(replies, 200), count(replies, 401)]).toEqual([1, RIVALS - 1]);
        expect(await world.query('SELECT 1 FROM oauth_access_tokens')).toHaveLength(1);
        expect(await world.query(`SELECT 1 FROM audit_events WHERE event = 'oauth-token.issued'`)).toHaveLength(1);
      });

      it('attack 11: one decision about a request token counts', async () => {
        const token = await world.requestToken();
        const cookies = [await world.cookieOf('manager1'), await world.cookieOf('second1')];
        const forms = await Promise.all(cookies.map((cookie) => world.consent(token.key, cookie)));
        const csrf = forms.map(({ text }) => /name="csrf" value="([^"]+)"/.exec(text)?.[1] ?? '');
        const replies = await many((rival) =>
          world.press(
            { csrf: csrf[rival % 2] ?? '', oauth_token: token.key, decision: rival % 3 === 0 ? 'deny' : 'allow' },
            cookies[rival % 2] ?? '',
          ),
        );
        expect([count(replies, 200), count(replies, 404)]).toEqual([1, RIVALS - 1]);
        const told = await world.query(`SELECT 1 FROM audit_events WHERE event LIKE 'oauth-grant.%'`);
        expect(told).toHaveLength(1);
      });

      it('attack 26: of many guesses at once no more than the limit are looked at', async () => {
        const from = world.house.stranger();
        const replies = await many((rival) => world.xAuth(`guess${rival}`, 'wrong', { from }));
        expect(count(replies, 401)).toBeLessThanOrEqual(10);
        expect(count(replies, 401) + count(replies, 503)).toBe(RIVALS);
      });
    },
    { poolSize },
  );
}

describeOnPostgres('two processes', (database) => {
  let one: OAuthWorld;
  let other: OAuthWorld;

  beforeAll(async () => {
    one = await OAuthWorld.start(database());
    other = await OAuthWorld.start(database());
  });
  beforeEach(async () => {
    await one.begin();
    other.house.app.get(Configuration).invalidate();
  });
  afterAll(async () => {
    await other?.stop();
    await one?.stop();
  });

  it('attack 57: what one has taken the other does not take again', async () => {
    // Both are reached by the one public URL, so they take the same signatures.
    const form = { request_type: 'PASSWORD_RESET' };
    const path = '/api/users/username1/requests';
    const send = (world: OAuthWorld, authorization: string): Promise<Reply> =>
      world.send(`${world.url}${path}`, {
        method: 'POST',
        body: new URLSearchParams(form),
        headers: { authorization, 'x-forwarded-for': one.house.stranger() },
      });
    const first = one.authorization(path, { form });
    expect((await send(one, first)).status).toBe(200);
    expect(problemOf(await send(other, first))).toEqual([403, 'nonce_used']);
    const second = one.authorization(path, { form });
    const replies = await many((rival) => send(rival % 2 === 0 ? one : other, second));
    expect([count(replies, 200), count(replies, 403)]).toEqual([1, RIVALS - 1]);
  });

  it('an access token that one gave works with the other', async () => {
    const token = await one.tokenFor('manager1', 'correct horse 4');
    const call = { consumer: CONSUMER, token, signature: 'none' } as const;
    expect((await other.probe(call)).status).toBe(200);
    expect((await other.probe({ token: TOKEN, signature: 'none' })).status).toBe(200);
  });
});
