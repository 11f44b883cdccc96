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
    const dataSource = await createDataSource({ address, schema, poolSize: 5, statementTimeout: 1_000 }).initialize();
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
});
