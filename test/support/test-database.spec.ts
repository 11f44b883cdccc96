import { afterEach, describe, expect, it } from 'vitest';
import { StoredSetting } from '../../src/core/domains/stored-setting.entity.js';
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
