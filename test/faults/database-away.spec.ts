import { Client } from 'pg';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { describeWith } from '../support/describe-with.js';
import { auditOf, DESK, HelpDesk, type OpenForm, save } from '../support/help-desk.js';
import { TestApp } from '../support/test-app.js';
import { acme, NEW_PASSWORD } from './acme.js';
import { type PrivateCluster, startCluster } from './cluster-world.js';

// Who calls cannot be told, so the body is not looked at: the id stays null.
const AWAY = {
  jsonrpc: '2.0',
  error: { code: -32000, message: 'Server error', data: 'Database not reachable' },
  id: null,
};

describeWith('postgresql', 'a database that goes away', () => {
  let own: PrivateCluster;
  let app: TestApp;
  let desk: HelpDesk;

  beforeEach(async () => {
    own = await startCluster({ durable: true, statementTimeout: 2_500 });
    app = await TestApp.start({ database: own.database, configuration: acme() });
    desk = new HelpDesk(app.url);
  });
  afterEach(async () => {
    await app?.stop();
    await own?.stop();
  });

  const call = async (username = 'jane'): Promise<{ status: number; answer: unknown }> => {
    const body = { jsonrpc: '2.0', method: 'PwReset.Send_Request', params: { username, method: 'NONE' }, id: 7 };
    const response = await desk.chief.post(JSON.stringify(body));
    return { status: response.status, answer: await response.json() };
  };
  const ready = async (): Promise<[number, unknown]> => {
    // Readiness is not looked up anew at every probe.
    app.clock.advance(10);
    const response = await fetch(`${app.url}/readyz`);
    return [response.status, await response.json()];
  };

  /** Everything a caller, a person and a load balancer meet while it is away. */
  const expectAway = async (open: OpenForm, link: string): Promise<void> => {
    expect(await call()).toEqual({ status: 200, answer: AWAY });
    const looked = await desk.browser().get(link);
    expect([looked.status, looked.headers.get('retry-after')]).toEqual([503, '60']);
    const posted = await desk.browser().post('/webapps/pwreset/', { req: link.slice(-43) });
    expect(posted.status).toBe(503);
    expect((await open.browser.get('/webapps/pwreset/password')).status).toBe(503);
    expect((await save(open, NEW_PASSWORD)).status).toBe(503);
    expect(await ready()).toEqual([
      503,
      { status: 'not-ready', database: 'failing', migrations: 'failing', directories: { ok: 0, failing: 0 } },
    ]);
    expect((await fetch(`${app.url}/healthz`)).status).toBe(200);
  };

  it.each(['immediate', 'fast'] as const)(
    'answers as the contract says while it is away (%s), and recovers by itself',
    async (mode) => {
      const open = await desk.open(await desk.link('ACME', 'jane'));
      const link = await desk.link('ACME', 'john');
      await own.cluster.pause(mode);
      await expectAway(open, link);
      await own.cluster.resume();
      expect((await ready())[0]).toBe(200);
      // The form that was open all the while, and the link that was there before.
      expect((await save(open, NEW_PASSWORD)).status).toBe(200);
      expect((await desk.reset(link, NEW_PASSWORD)).status).toBe(200);
      expect(await auditOf(own.database, 'password-reset.completed')).toHaveLength(2);
      expect((await call()).answer).toMatchObject({
        id: 7,
        result: expect.stringContaining('/webapps/pwreset/') as string,
      });
    },
    60_000,
  );

  it('goes on as if nothing had been when it was restarted between two steps', async () => {
    const link = await desk.link('ACME', 'jane');
    await own.cluster.pause('fast');
    await own.cluster.resume();
    const open = await desk.open(link);
    await own.cluster.pause('immediate');
    await own.cluster.resume();
    expect((await save(open, NEW_PASSWORD)).status).toBe(200);
    expect(await auditOf(own.database, 'password-reset.completed')).toHaveLength(1);
  }, 60_000);

  it('is not waited for without end when it does not answer: nothing half done, and later it goes on', async () => {
    const open = await desk.open(await desk.link('ACME', 'jane'));
    const link = await desk.link('ACME', 'john');
    const holder = new Client({ connectionString: own.cluster.url() });
    holder.on('error', () => undefined);
    await holder.connect();
    await holder.query('BEGIN; LOCK TABLE one_time_requests, accounts, throttle_counters');
    expect(await call()).toEqual({ status: 200, answer: AWAY });
    expect((await desk.browser().get(link)).status).toBe(503);
    expect((await desk.browser().post('/webapps/pwreset/', { req: link.slice(-43) })).status).toBe(503);
    expect((await save(open, NEW_PASSWORD)).status).toBe(503);
    await holder.query('ROLLBACK');
    await holder.end();
    expect((await save(open, NEW_PASSWORD)).status).toBe(200);
    expect((await desk.reset(link, NEW_PASSWORD)).status).toBe(200);
    expect(await auditOf(own.database, 'password-reset.completed')).toHaveLength(2);
    expect(
      (await desk.chief.call('PwReset.Send_Request', { username: DESK.login, domain: DESK.domain, method: 'NONE' }))
        .result,
    ).toBeTypeOf('string');
  }, 60_000);
});
