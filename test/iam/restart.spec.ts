import { expect, it } from 'vitest';
import { createDataSource } from '../../src/core/database/data-source.js';
import { Database } from '../../src/core/database/database.js';
import { schema } from '../../src/schema.js';
import { TestClock } from '../support/test-clock.js';
import { describeOnPostgres } from '../support/test-database.js';
import { IamWorld, PBX, refusalOf } from './iam-world.js';

describeOnPostgres('a restart', (database) => {
  const clock = new TestClock();

  /** With connections of its own, as a process has them: they end with it. */
  async function start(): Promise<IamWorld> {
    const { address } = database();
    const dataSource = await createDataSource({ address, schema, poolSize: 5, statementTimeout: 10_000 }).initialize();
    return IamWorld.start({ ...database(), dataSource, database: new Database(dataSource) }, { clock });
  }

  it('forgets neither calls nor failures, and costs neither sessions nor links', async () => {
    const before = await start();
    const [asker, guesser] = ['203.0.113.5', '2001:db8:5::1'];
    expect((await before.register({}, { from: asker })).status).toBe(200);
    for (let guess = 0; guess < 5; guess++) {
      const body = { domain: PBX, login: `no${guess}`, pwd: 'wrong' };
      expect((await before.call('POST', 'iam/sessions', { body, from: guesser })).status).toBe(401);
    }
    const { token, email } = await before.newcomer('mara');
    await before.forgot({ key: email });
    const link = await before.linkId('pwd_reset', email);
    await before.stop();

    clock.advance(10);
    const after = await start();
    try {
      const spaced = await after.register({}, { from: asker });
      expect([...refusalOf(spaced), spaced.headers.get('retry-after')]).toEqual([429, 1429, '110']);
      const banned = await after.call('GET', 'iam/sessions/current', { token, from: guesser });
      expect([...refusalOf(banned), banned.headers.get('retry-after')]).toEqual([403, 1403, '170']);
      expect((await after.call('GET', 'iam/sessions/current', { token })).status).toBe(200);
      expect((await after.recover(link, 'Tq7_lake.9')).status).toBe(200);
    } finally {
      await after.stop();
    }
  });
});
