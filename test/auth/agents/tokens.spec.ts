import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { KeyRing } from '../../../src/core/crypto/key-ring.js';
import { AgentTokenHousekeeping } from '../../../src/auth/agents/agent-token-housekeeping.js';
import { eachDatabase } from '../../support/test-database.js';
import { AgentWorld, form, SECRET, VPN, world } from './agent-world.js';

const basic = (user: string, password: string): string =>
  `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
const GRANT = 'grant_type=client_credentials';

describe('authentication methods, section 1.3: access tokens of agents', () => {
  eachDatabase((database) => {
    let agents: AgentWorld;

    beforeAll(async () => {
      agents = await AgentWorld.start({ database: database() });
    });
    beforeEach(async () => {
      await database().dataSource.query('DELETE FROM throttle_counters');
      await agents.configure(world([VPN]));
    });
    afterAll(() => agents.stop());

    it('gives a token for an hour, at both paths, and keeps a digest of it alone', async () => {
      for (const path of ['/das5/rest/oauth/token', '/auth/oauth/token', '/auth/oauth/token/']) {
        const { status, headers, body } = await agents.send(
          form({ client_id: 'vpn-1', client_secret: SECRET }),
          {},
          path,
        );
        expect([status, body]).toEqual([
          200,
          {
            access_token: expect.stringMatching(/^[A-Za-z0-9_-]{43}$/) as string,
            token_type: 'Bearer',
            expires_in: 3_600,
          },
        ]);
        expect([headers.get('cache-control'), headers.get('pragma')]).toEqual(['no-store', 'no-cache']);
        const kept = JSON.stringify(await database().dataSource.query('SELECT * FROM agent_tokens'));
        expect(kept).not.toContain(body['access_token']);
        expect(kept).not.toContain(SECRET);
      }
    });

    it('takes the token, and says who calls', async () => {
      const token = await agents.token();
      expect(await agents.invoke(token)).toMatchObject({
        status: 200,
        error: 0,
        result: { agent: 'vpn', applications: ['Harbour VPN'], mutualTls: false, address: '127.0.0.1' },
      });
    });

    it.each([
      ['a form', form({ client_id: 'vpn-1', client_secret: SECRET }), {}],
      [
        'a form without its type',
        form({ client_id: 'vpn-1', client_secret: SECRET }),
        { 'content-type': 'text/plain' },
      ],
      [
        'JSON',
        JSON.stringify({ grant_type: 'client_credentials', client_id: 'vpn-1', client_secret: SECRET, scope: [1] }),
        { 'content-type': 'application/json' },
      ],
      ['Basic', GRANT, { authorization: basic('vpn-1', SECRET) }],
      ['Basic, encoded as RFC 6749 says', GRANT, { authorization: basic('vpn-1', encodeURIComponent(SECRET)) }],
      ['Basic with the identifier once more', `${GRANT}&client_id=vpn-1`, { authorization: basic('vpn-1', SECRET) }],
    ] as const)('takes credentials in %s', async (_how, body, headers) => {
      expect(await agents.send(body, headers)).toMatchObject({ status: 200, body: { token_type: 'Bearer' } });
    });

    it.each([
      ['', {}, 400, 'invalid_request'],
      ['{', {}, 400, 'invalid_request'],
      ['client_id=vpn-1', {}, 400, 'invalid_request'],
      ['grant_type=password', {}, 400, 'unsupported_grant_type'],
      [`${GRANT}&${GRANT}`, {}, 400, 'invalid_request'],
      [`${GRANT}&client_id=%00`, {}, 400, 'invalid_request'],
      ['{"grant_type":"client_credentials","client_id":1}', {}, 400, 'invalid_request'],
      [form({ client_secret: SECRET }), { authorization: basic('vpn-1', SECRET) }, 400, 'invalid_request'],
      [form({ client_id: 'other' }), { authorization: basic('vpn-1', SECRET) }, 400, 'invalid_request'],
      [GRANT, {}, 401, 'invalid_client'],
      [GRANT, { authorization: 'Basic !' }, 401, 'invalid_client'],
      [GRANT, { authorization: 'Bearer x' }, 401, 'invalid_client'],
      ['x='.padEnd(20_000, 'x'), {}, 413, 'invalid_request'],
    ] as const)('refuses the request %j with %j as RFC 6749 section 5.2 says', async (sent, more, status, error) => {
      const answer = await agents.send(sent, more);
      expect(answer).toMatchObject({ status, body: { error } });
      expect(answer.headers.get('cache-control')).toBe('no-store');
      expect(answer.headers.get('www-authenticate')).toBe(status === 401 ? 'Basic realm="auth"' : null);
    });

    it('refuses every verb but POST', async () => {
      const response = await fetch(`${agents.app.url}/auth/oauth/token`);
      expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST']);
    });

    it.each([
      ['an unknown client', 'nobody', SECRET],
      ['a wrong secret', 'vpn-1', `${SECRET}x`],
      ['the beginning of a secret', 'vpn-1', SECRET.slice(0, -1)],
      ['the name of the agent', 'vpn', SECRET],
      ['another case', 'VPN-1', SECRET],
    ])('attack 45: answers %s like every other that is not let in', async (_who, clientId, secret) => {
      const { status, body } = await agents.ask(clientId, secret);
      expect([status, body]).toEqual([
        401,
        { error: 'invalid_client', error_description: 'Client authentication failed' },
      ]);
    });

    it.each([
      ['absent', { client_id: 'vpn-1' }],
      ['empty', { client_id: 'vpn-1', client_secret: '' }],
      ['blank', { client_id: 'vpn-1', client_secret: ' ' }],
      ['that of nobody', { client_id: '', client_secret: '' }],
    ])('attack 60: lets nobody in whose secret is %s', async (_what, fields) => {
      expect(await agents.send(form(fields as Record<string, string>))).toMatchObject({ status: 401 });
    });

    it.each(['null', '[]', '{}', 'false', '0'])('attack 60: takes %s for no secret', async (secret) => {
      const body = `{"grant_type":"client_credentials","client_id":"vpn-1","client_secret":${secret}}`;
      expect([400, 401]).toContain((await agents.send(body)).status);
    });

    it('attack 70: reads no credentials from the address', async () => {
      const path = `/auth/oauth/token?${form({ client_id: 'vpn-1', client_secret: SECRET })}`;
      expect(await agents.send('', {}, path)).toMatchObject({ status: 400 });
      const token = await agents.token();
      const response = await fetch(`${agents.app.url}/auth/testWhoCalls?access_token=${token}`, { method: 'POST' });
      expect(response.status).toBe(401);
    });

    it.each([
      ['no header', undefined],
      ['an empty one', ''],
      ['another scheme', 'Basic dnBuLTE6eA=='],
      ['an empty token', 'Bearer '],
      ['a token that nobody gave', `Bearer ${'A'.repeat(43)}`],
      ['a token with something behind', undefined],
      ['a list of tokens', undefined],
    ])('answers %s with 401 and code 120', async (what, authorization) => {
      const token = await agents.token();
      const header =
        what === 'a token with something behind'
          ? `Bearer ${token} x`
          : what === 'a list of tokens'
            ? `Bearer ${token}, Bearer ${token}`
            : authorization;
      const answer = await agents.invoke(undefined, header === undefined ? {} : { authorization: header });
      expect(answer).toMatchObject({ status: 401, error: 120 });
      expect(answer.headers.get('www-authenticate')).toBe('Bearer realm="auth"');
    });

    it('attack 10: takes no other digest of the house for a token', async () => {
      const token = await agents.token();
      const { keyRing } = { keyRing: agents.app.get(KeyRing) };
      const [row] = await database().database.query<{ token_digest: string }>('SELECT token_digest FROM agent_tokens');
      expect(keyRing.digests(token as never, 'link')).not.toContain(row?.token_digest);
      expect(await agents.invoke(row?.token_digest)).toMatchObject({ status: 401 });
    });

    it('ends a token with its lifetime, and removes it afterwards', async () => {
      const token = await agents.token();
      agents.app.clock.advance(3_599);
      expect(await agents.invoke(token)).toMatchObject({ status: 200 });
      agents.app.clock.advance(1);
      expect(await agents.invoke(token)).toMatchObject({ status: 401, error: 120 });
      expect(await agents.app.get(AgentTokenHousekeeping).run()).toBeGreaterThan(0);
      expect(await database().dataSource.query('SELECT * FROM agent_tokens')).toEqual([]);
    });

    it('gives tokens for the lifetime of the setting', async () => {
      await agents.configure(world([VPN]).replace('agent_token_lifetime: 3600', 'agent_token_lifetime: 60'));
      expect((await agents.ask()).body['expires_in']).toBe(60);
    });

    it.each([
      ['is disabled', world([`${VPN}, enabled: false`])],
      ['has another secret', world([VPN.replace(SECRET, `${SECRET}2`)])],
    ])('refuses the next request of an agent that %s, its tokens included', async (_what, changed) => {
      const token = await agents.token();
      expect(await agents.invoke(token)).toMatchObject({ status: 200 });
      await agents.configure(changed);
      expect(await agents.invoke(token)).toMatchObject({ status: 401, error: 120 });
      expect(await agents.ask()).toMatchObject({ status: 401 });
      await agents.configure(world([VPN]));
      expect(await agents.invoke(token)).toMatchObject({ status: 200 });
    });

    it('refuses an agent that calls from elsewhere with 403 and code 122, and writes it down', async () => {
      const token = await agents.token();
      await agents.configure(world([`${VPN}, addresses: [192.0.2.0/24]`]));
      expect(await agents.invoke(token)).toMatchObject({ status: 403, error: 122 });
      expect(await agents.ask()).toMatchObject({ status: 401, body: { error: 'invalid_client' } });
      const [row] = await database().database.query(
        `SELECT actor, code, client_address FROM audit_events WHERE event = 'agent.refused' ORDER BY id DESC LIMIT 1`,
      );
      expect(row).toEqual({ actor: 'vpn', code: 'client-address-not-allowed', client_address: '127.0.0.1' });
    });

    it('refuses what an agent has no permission for with 403 and code 121', async () => {
      const token = await agents.token();
      expect(await agents.invoke(token, {}, 'testExportKey')).toMatchObject({ status: 403, error: 121 });
      await agents.configure(world([`${VPN}, permissions: [export-keys]`]));
      expect(await agents.invoke(token, {}, 'testExportKey')).toMatchObject({ status: 200 });
      expect(await agents.invoke(token)).toMatchObject({ status: 403, error: 121 });
    });

    it('refuses calls that a page of another site makes a browser send', async () => {
      const token = await agents.token();
      expect(await agents.invoke(token, { 'sec-fetch-site': 'cross-site' })).toMatchObject({ status: 403, error: 121 });
    });

    it('bounds the requests of one agent, and of no other', async () => {
      const other = VPN.replace('vpn,', 'mail,').replace('vpn-1', 'mail-1');
      await agents.configure(world([VPN, other], ', agent_requests_per_second: 2'));
      const [token, others] = [await agents.token(), await agents.token('mail-1')];
      agents.app.clock.advance(1);
      const answers = [await agents.invoke(token), await agents.invoke(token), await agents.invoke(token)];
      expect(answers.map(({ status, error }) => [status, error])).toEqual([
        [200, 0],
        [200, 0],
        [429, 3],
      ]);
      expect(answers[2]?.headers.get('retry-after')).toBe('1');
      expect(await agents.invoke(others)).toMatchObject({ status: 200 });
      agents.app.clock.advance(1);
      expect(await agents.invoke(token)).toMatchObject({ status: 200 });
    });

    it('writes down who got a token and who did not, and no secret', async () => {
      await database().dataSource.query('TRUNCATE audit_events');
      await agents.token();
      await agents.ask('vpn-1', 'wrong-canary');
      await agents.ask('unknown-canary', 'wrong-canary');
      const rows = await database().database.query(
        `SELECT event, actor, outcome, detail->>'agent' AS agent FROM audit_events WHERE event LIKE 'agent-token%' ORDER BY id`,
      );
      expect(rows).toEqual([
        { event: 'agent-token.issued', actor: 'vpn', outcome: 'success', agent: null },
        { event: 'agent-token.refused', actor: 'anonymous', outcome: 'refused', agent: 'vpn' },
        { event: 'agent-token.refused', actor: 'anonymous', outcome: 'refused', agent: '(unknown)' },
      ]);
      expect(JSON.stringify(await database().dataSource.query('SELECT * FROM audit_events'))).not.toContain('canary');
    });

    describe('against guessing', () => {
      afterEach(() => database().dataSource.query('DELETE FROM throttle_counters'));

      const trusting = { environment: { trustedProxies: ['127.0.0.1'] } };
      let behindProxy: AgentWorld;

      beforeAll(async () => {
        behindProxy = await AgentWorld.start({ database: database(), ...trusting });
      });
      afterAll(() => behindProxy.stop());

      const from = (address: string): Record<string, string> => ({ 'x-forwarded-for': address });

      it('turns an address away that has failed ten times, whoever it asked for', async () => {
        for (let n = 0; n < 10; n++) await behindProxy.ask(`guess-${n}`, 'x', from('198.51.100.7'));
        const answer = await behindProxy.ask('vpn-1', SECRET, from('198.51.100.7'));
        expect(answer).toMatchObject({ status: 429, body: { error: 'temporarily_unavailable' } });
        expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(100);
        expect(await behindProxy.ask('vpn-1', SECRET, from('198.51.100.8'))).toMatchObject({ status: 200 });
      });

      it('attack 26: looks at no more secrets than the allowance says, however many come at once', async () => {
        const wrong = Array.from({ length: 20 }, (_, n) => behindProxy.ask('vpn-1', `x${n}`, from(`192.0.2.${n}`)));
        expect(new Set((await Promise.all(wrong)).map(({ status }) => status))).toEqual(new Set([401]));
        expect(await behindProxy.ask('vpn-1', SECRET, from('203.0.113.9'))).toMatchObject({ status: 401 });
      });

      it('attack 31: an agent gets in from where it got in before, whatever strangers try', async () => {
        expect(await behindProxy.ask('vpn-1', SECRET, from('203.0.113.1'))).toMatchObject({ status: 200 });
        for (let n = 0; n < 12; n++) await behindProxy.ask('vpn-1', 'wrong', from(`192.0.2.${n}`));
        expect(await behindProxy.ask('vpn-1', SECRET, from('203.0.113.1'))).toMatchObject({ status: 200 });
      });

      it('attack 31: nobody uses up the attempts of an agent that names its addresses', async () => {
        await behindProxy.configure(world([`${VPN}, addresses: [203.0.113.0/24]`]));
        for (let n = 0; n < 12; n++) await behindProxy.ask('vpn-1', SECRET, from(`192.0.2.${n}`));
        expect(await behindProxy.ask('vpn-1', SECRET, from('203.0.113.77'))).toMatchObject({ status: 200 });
      });

      it('attack 33: refuses an address that cannot be read', async () => {
        const token = await agents.token();
        expect(await behindProxy.invoke(token, from('a'))).toMatchObject({ status: 403, error: 122 });
        expect(await behindProxy.ask('vpn-1', SECRET, from(''))).toMatchObject({ status: 401 });
      });
    });
  });
});
