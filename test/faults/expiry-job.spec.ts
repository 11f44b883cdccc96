import { afterEach, beforeEach, expect, it } from 'vitest';
import { createDataSource } from '../../src/core/database/data-source.js';
import { Database } from '../../src/core/database/database.js';
import { RequestExpiry } from '../../src/core/requests/request-expiry.js';
import { schema } from '../../src/schema.js';
import { describeWith } from '../support/describe-with.js';
import { HelpDesk } from '../support/help-desk.js';
import { TestApp } from '../support/test-app.js';
import { TestClock } from '../support/test-clock.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';
import { acme } from './acme.js';

const ROWS = 2_000;
const HOUR = 3_600;

describeWith('postgresql', 'the expiry job of several processes', () => {
  const clock = new TestClock();
  const apps: TestApp[] = [];
  let store: TestDatabase;

  beforeEach(async () => {
    store = await createTestDatabase('postgresql');
    for (const applicationName of ['one', 'two', 'three']) {
      const { address } = store;
      const settings = { address, schema, poolSize: 4, statementTimeout: 30_000 };
      const dataSource = createDataSource(settings).setOptions({ applicationName });
      await dataSource.initialize();
      const database = { ...store, dataSource, database: new Database(dataSource) };
      apps.push(await TestApp.start({ database, clock, configuration: acme() }));
    }
    const [first] = apps;
    await new HelpDesk(first?.url ?? '').link('ACME', 'jane');
    // One request as the server itself made it, many times over.
    await store.database.query(
      `INSERT INTO one_time_requests
       SELECT (jsonb_populate_record(r, jsonb_build_object('id', gen_random_uuid(), 'number', r.number + i,
               'link_digest', 'digest ' || i))).* FROM one_time_requests r, generate_series(1, $1) i`,
      [ROWS - 1],
    );
    clock.advance(25 * HOUR);
  });
  afterEach(async () => {
    await Promise.all(apps.splice(0).map((app) => app.stop()));
    await store.stop();
  });

  const expectEachOnce = async (): Promise<void> => {
    const states = await store.database.query(
      `SELECT state, count(*)::int AS count FROM one_time_requests GROUP BY state`,
    );
    expect(states).toEqual([{ state: 'expired', count: ROWS }]);
    const audited = await store.database.query(
      `SELECT count(*)::int AS rows, count(DISTINCT request_id)::int AS requests FROM audit_events
       WHERE event = 'password-reset.expired'`,
    );
    expect(audited).toEqual([{ rows: ROWS, requests: ROWS }]);
  };
  const run = (app: TestApp) => app.get(RequestExpiry).run();

  it('ends each request once, with one row in the audit, however many run it at once', async () => {
    const runs = await Promise.all(apps.map(run));
    expect(runs.reduce((sum, result) => sum + result.ended, 0)).toBe(ROWS);
    await expectEachOnce();
  }, 120_000);

  it('loses nothing and does nothing twice when one of them is killed in the middle', async () => {
    const [killed, ...others] = apps.map((app) => run(app).catch(() => 'killed'));
    // PostgreSQL sees a killed process as this: its connections are gone, and what was under way on them.
    await expect
      .poll(
        () =>
          store.database.query(
            `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
             WHERE datname = current_database() AND application_name = 'one' AND state <> 'idle'
             AND query ~ 'audit_events|one_time_requests'`,
          ),
        { interval: 1, timeout: 60_000 },
      )
      .not.toEqual([]);
    expect(await killed).toBe('killed');
    await Promise.all(others);
    await Promise.all(apps.slice(1).map(run));
    await expectEachOnce();
  }, 120_000);
});
