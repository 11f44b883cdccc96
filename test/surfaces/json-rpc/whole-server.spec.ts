import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestApp } from '../../support/test-app.js';
import { eachDatabase } from '../../support/test-database.js';
import { basic } from './demo-surface.js';

const ADMIN = 'RCDEVSDOCS\\administrator';

interface Refused {
  readonly actor: string;
  readonly code: string | null;
  readonly detail: Record<string, unknown>;
}

/** The surface behind its real gate and with its real journal. */
describe('JSON-RPC in the whole server', () => {
  eachDatabase((database) => {
    let app: TestApp;

    beforeAll(async () => {
      app = await TestApp.start({ database: database() });
    });

    afterAll(() => app.stop());

    const post = (body: string, authorization = basic(ADMIN, 'password')): Promise<Response> =>
      fetch(`${app.url}/manag/`, { method: 'POST', body, headers: { authorization } });

    const lastRefusal = async (): Promise<Refused | undefined> => {
      const [row] = await database().database.query<Refused>(
        `SELECT actor, code, detail FROM audit_events WHERE event = 'manager-call.refused' ORDER BY id DESC LIMIT 1`,
      );
      return row;
    };

    it('attack 63: answers and audits calls with NUL and lone surrogates in every text', async () => {
      const method = 'None\\u0000\\ud800';
      const response = await post(`{"jsonrpc":"2.0","method":"${method}","id":"\\u0000"}`);
      expect(await response.text()).toContain(`"data":"${method}"},"id":"\\u0000"}`);
      expect(await lastRefusal()).toEqual({
        actor: ADMIN,
        code: null,
        detail: { method: 'None\ufffd\ufffd', error: -32601, reason: 'None\ufffd\ufffd' },
      });
      for (const name of ['username', 'domain', 'method', 'comments']) {
        for (const value of ['a\0b', 'a\ud800', '\udfff']) {
          const params = { username: 'jane', [name]: value };
          const call = { jsonrpc: '2.0', method: 'PwReset.Send_Request', params, id: 0 };
          const answer = await post(JSON.stringify(call));
          expect(await answer.json()).toMatchObject({ error: { code: -32602, data: `Parameter ${name} not String` } });
        }
      }
    });

    it('audits a call that its parameters keep from the method', async () => {
      await post('{"jsonrpc":"2.0","method":"PwReset.Send_Request","params":{},"id":0}');
      expect(await lastRefusal()).toEqual({
        actor: ADMIN,
        code: null,
        detail: { method: 'PwReset.Send_Request', error: -32602, reason: 'Parameter username missing' },
      });
    });

    it('does nothing for a form of another site, whatever credentials the browser adds', async () => {
      const params = { username: 'Jane Doe', domain: 'RCDEVSDOCS', method: 'MAIL', comments: 'from elsewhere' };
      const call = JSON.stringify({ jsonrpc: '2.0', method: 'PwReset.Send_Request', params, id: 0, form: '=' });
      const response = await fetch(`${app.url}/manag/`, {
        method: 'POST',
        body: call,
        headers: {
          authorization: basic(ADMIN, 'password'),
          'content-type': 'text/plain',
          'sec-fetch-site': 'cross-site',
        },
      });
      expect(response.status).toBe(403);
      expect(await response.json()).toEqual({
        jsonrpc: '2.0',
        error: { code: -32600, message: 'Invalid Request', data: 'Call from another site' },
        id: null,
      });
      const [made] = await database().database.query<{ made: number }>(
        'SELECT count(*)::int AS made FROM one_time_requests',
      );
      expect(made).toEqual({ made: 0 });
    });

    it('attack 34: bans an address after five failed log-ins, malformed ones and batches among them', async () => {
      const guesses = [
        ['{}', basic(ADMIN, 'wrong')],
        ['[{},{}]', basic('nobody', 'wrong')],
        ['{', 'Basic %%%'],
        ['', basic(ADMIN, '')],
        ['{}', basic('nowhere\\nobody', 'wrong')],
      ] as const;
      for (const [body, authorization] of guesses) {
        const response = await post(body, authorization);
        expect(response.status).toBe(200);
        expect(await response.json()).toMatchObject({
          error: { code: -32600, data: 'Invalid username or password' },
          id: null,
        });
      }
      const banned = await post('{}');
      expect(banned.status).toBe(429);
      expect(Number(banned.headers.get('retry-after'))).toBeGreaterThan(0);
      expect(await banned.json()).toMatchObject({ error: { code: -32600 }, id: null });
      app.clock.advance(181);
      expect(await (await post('[]')).json()).toMatchObject({ error: { data: 'Batch empty' } });
    });
  });
});
