import { afterEach, beforeEach, expect, it } from 'vitest';
import { createDataSource } from '../../src/core/database/data-source.js';
import { Database } from '../../src/core/database/database.js';
import { schema } from '../../src/schema.js';
import { describeWith } from '../support/describe-with.js';
import { auditOf, HelpDesk, save } from '../support/help-desk.js';
import { SilentProxy } from '../support/silent-proxy.js';
import { TestApp } from '../support/test-app.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';
import { acme, NEW_PASSWORD } from './acme.js';

describeWith('postgresql', 'a network that falls silent between the server and its database', () => {
  let store: TestDatabase;
  let proxy: SilentProxy;
  let app: TestApp;
  let desk: HelpDesk;

  beforeEach(async () => {
    store = await createTestDatabase('postgresql');
    const url = new URL((store.address as { url: string }).url);
    proxy = await SilentProxy.start(Number(url.port));
    url.port = String(proxy.port);
    const address = { url: url.href };
    const dataSource = await createDataSource({ address, schema, poolSize: 5, statementTimeout: 2_500 }).initialize();
    const database = { ...store, address, dataSource, database: new Database(dataSource) };
    app = await TestApp.start({ database, configuration: acme() });
    desk = new HelpDesk(app.url);
  });
  afterEach(async () => {
    proxy?.speak();
    await app?.stop();
    await proxy?.stop();
    await store?.stop();
  });

  it('is given up, and used again when it is back', async () => {
    const open = await desk.open(await desk.link('ACME', 'jane'));
    const link = await desk.link('ACME', 'john');
    proxy.fallSilent();
    const [called, looked, saved] = await Promise.all([
      desk.call({ username: 'jane', method: 'NONE' }),
      desk.browser().get(link),
      save(open, NEW_PASSWORD),
    ]);
    expect(called.error?.code).toBe(-32000);
    expect([looked.status, saved.status]).toEqual([503, 503]);
    proxy.speak();
    expect((await save(open, NEW_PASSWORD)).status).toBe(200);
    expect((await desk.reset(link, NEW_PASSWORD)).status).toBe(200);
    expect(await auditOf(store, 'password-reset.completed')).toHaveLength(2);
  }, 60_000);

  it('may cut every connection in the middle of work, again and again, and costs answers but no process', async () => {
    const link = await desk.link('ACME', 'john');
    const outcomes = new Set<unknown>();
    for (let round = 0; round < 20; round++) {
      const pages = Promise.all(Array.from({ length: 5 }, () => desk.browser().get(link)));
      const calls = Promise.all(
        Array.from({ length: 5 }, () => desk.chief.call('PwReset.Send_Request', { username: 'nobody' })),
      );
      // Somewhere in the middle, another place each time.
      for (let turn = 0; turn < round; turn++) await new Promise(setImmediate);
      proxy.cut();
      for (const { status } of await pages) outcomes.add(status);
      for (const { error } of await calls) outcomes.add(error?.data);
      app.clock.advance(60);
    }
    const expected = new Set<unknown>([200, 503, 'User not found ACME\\nobody', 'Database not reachable']);
    expect([...outcomes].filter((outcome) => !expected.has(outcome))).toEqual([]);
    expect((await desk.reset(link, NEW_PASSWORD)).status).toBe(200);
  }, 60_000);
});
