import { afterEach, describe, expect, it } from 'vitest';
import { StoredSetting } from '../../src/core/domains/stored-setting.entity.js';
import { KeptRows } from './kept-rows.js';
import { createTestDatabase, eachDatabase } from './test-database.js';

describe('a test database', () => {
  eachDatabase((database) => {
    afterEach(() => database().clear());

    it('has gone through the shipped migrations', async () => {
      expect(await database().dataSource.showMigrations()).toBe(false);
    });

    it('is empty at first and after clear', async () => {
      expect(await database().dataSource.manager.count(StoredSetting)).toBe(0);
    });

    it('has the rows that were kept put back, as old as is asked for, and nothing else', async () => {
      const { dataSource } = database();
      const [before, after] = [new Date('2026-08-03T09:00:00.250Z'), new Date('2026-08-04T10:00:00Z')];
      const configurations = () =>
        dataSource.query<{ revision: string }[]>('SELECT revision FROM server_configuration');
      const rows = () => dataSource.query<object[]>('SELECT event, at, detail FROM audit_events ORDER BY id');
      const write = (event: string, at: Date) =>
        dataSource.query(`INSERT INTO audit_events (event, at, outcome, actor) VALUES ($1, $2, 'success', 'test')`, [
          event,
          at,
        ]);
      await write('then', before);
      await write('explicit', new Date(0));
      const kept = await KeptRows.keep(dataSource, before);
      await dataSource.query('DELETE FROM audit_events');
      await dataSource.query('UPDATE server_configuration SET revision = revision + 5');
      const [{ revision } = { revision: '' }] = await configurations();
      await write('later', before);
      await dataSource.query(`INSERT INTO settings (scope, name, value) VALUES ('server', 'x', '1')`);

      for (let time = 0; time < 2; time++) {
        await kept.putBack(after);
        expect(await rows()).toMatchObject([
          { event: 'then', at: after },
          { event: 'explicit', at: new Date(0) },
        ]);
      }
      expect(await dataSource.manager.count(StoredSetting)).toBe(0);
      const [now] = await configurations();
      expect(Number(now?.revision)).toBeGreaterThan(Number(revision));
      await write('after', after);
      expect(await rows()).toHaveLength(3);
    });

    it('is not shared', async () => {
      const { dataSource, kind } = database();
      const other = await createTestDatabase(kind, { poolSize: 1 });
      await other.dataSource.query(`INSERT INTO throttle_counters SELECT * FROM throttle_counters`);
      expect(other.address).not.toEqual(database().address);
      await other.stop();
      expect(dataSource.isInitialized).toBe(true);
    });
  });
});
