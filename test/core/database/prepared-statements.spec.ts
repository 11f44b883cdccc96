import { Client, type PoolClient } from 'pg';
import type { PostgresDriver } from 'typeorm/driver/postgres/PostgresDriver.js';
import { afterEach, describe, expect, it } from 'vitest';
import { createDataSource } from '../../../src/core/database/data-source.js';
import { Database, rows, type Tx } from '../../../src/core/database/database.js';
import { keepStatementsByName } from '../../../src/core/database/named-statements.js';
import { preparedStatement } from '../../../src/core/database/prepared-statements.js';
import { StatementNames } from '../../../src/core/database/statement-names.js';
import { DomainError } from '../../../src/core/errors/domain-error.js';
import { schema } from '../../../src/schema.js';
import { describeOnPostgres, eachDatabase, type TestDatabase } from '../../support/test-database.js';

const ECHO = preparedStatement('SELECT $1::int AS value');

describe('prepared statements', () => {
  eachDatabase(
    (database: () => TestDatabase) => {
      /** The texts that the one connection keeps by names of ours; none on the embedded database. */
      const kept = async (): Promise<string[]> => {
        const known = await database().database.query<{ name: string; statement: string }>(
          'SELECT name, statement FROM pg_prepared_statements',
        );
        return known.filter(({ name }) => name.startsWith('latchkey_')).map(({ statement }) => statement);
      };

      /** Does something on the one connection. */
      const onConnection = async (work: (client: PoolClient) => Promise<unknown>): Promise<void> => {
        const driver = database().dataSource.driver as PostgresDriver;
        const [client, release] = (await driver.obtainMasterConnection()) as [PoolClient, () => void];
        await work(client).finally(release);
      };

      afterEach(() => onConnection((client) => client.query('SELECT 1')));

      it('answer many times, also at once', async () => {
        const asked = Array.from({ length: 30 }, (_, value) => value);
        const answers = await Promise.all(
          asked.map((value) => database().database.prepared<{ value: number }>(ECHO, [value])),
        );
        expect(answers.flat().map(({ value }) => value)).toEqual(asked);
        expect(await kept()).toEqual(database().kind === 'postgresql' ? [ECHO.text] : []);
      });

      it('are made of whatever comes often, also within a transaction', async () => {
        const ask = (tx?: Tx) =>
          rows<{ value: number }>(tx ?? database().database.manager, 'SELECT $1::int * 2 AS value', [4]);
        for (let time = 1; time < 5; time++) expect(await ask()).toEqual([{ value: 8 }]);
        const before = await kept();
        expect(await database().database.transaction((tx) => ask(tx))).toEqual([{ value: 8 }]);
        expect((await kept()).length - before.length).toBe(database().kind === 'postgresql' ? 1 : 0);
        expect(await ask()).toEqual([{ value: 8 }]);
      });

      it('outlive a change of their columns', async () => {
        const everything = preparedStatement('SELECT * FROM changing WHERE $1');
        const { database: at } = database();
        await at.query('CREATE TABLE changing (a int DEFAULT 1)');
        await at.query('INSERT INTO changing DEFAULT VALUES');
        try {
          expect(await at.prepared(everything, [true])).toEqual([{ a: 1 }]);
          await at.query('ALTER TABLE changing ADD COLUMN b int DEFAULT 2');
          expect(await at.prepared(everything, [true])).toEqual([{ a: 1, b: 2 }]);
          await at.query('ALTER TABLE changing ADD COLUMN c int DEFAULT 3');
          const within = at.transaction((tx) => rows(tx, everything.text, [true]));
          expect(await within).toEqual([{ a: 1, b: 2, c: 3 }]);
        } finally {
          await at.query('DROP TABLE changing');
        }
      });

      it('keep the connection after an error of the statement', async () => {
        const failing = preparedStatement('SELECT 1 / $1::int AS value');
        await expect(database().database.prepared(failing, [0])).rejects.toThrow(/division by zero/);
        expect(await database().database.prepared(failing, [1])).toEqual([{ value: 1 }]);
      });

      it('go without names from then on where somebody between does not keep them', async () => {
        const forgotten = preparedStatement('SELECT $1::int + 1 AS value');
        expect(await database().database.prepared(forgotten, [1])).toEqual([{ value: 2 }]);
        await onConnection((client) => client.query('DEALLOCATE ALL'));
        expect(await database().database.prepared(forgotten, [2])).toEqual([{ value: 3 }]);
        expect(await database().database.prepared(forgotten, [3])).toEqual([{ value: 4 }]);
        expect(await kept()).toEqual([]);
      });
    },
    { poolSize: 1 },
  );

  describeOnPostgres('within a transaction', (database) => {
    it('begin it again where somebody between does not keep names', async () => {
      const { address } = database();
      const own = createDataSource({ address, schema, poolSize: 1, statementTimeout: 5_000 });
      const at = new Database(await own.initialize());
      try {
        const double = (value: number) =>
          at.transaction((tx) => rows<{ value: number }>(tx, 'SELECT $1::int * 2 AS value', [value]));
        for (let value = 0; value < 6; value++) expect(await double(value)).toEqual([{ value: value * 2 }]);
        await at.query('DEALLOCATE ALL');
        for (let value = 0; value < 6; value++) expect(await double(value)).toEqual([{ value: value * 2 }]);
      } finally {
        await own.destroy();
      }
    });
  });

  describeOnPostgres('on a connection of a pooler', (database) => {
    it('have no names: another transaction may get another connection', async () => {
      const client = new Client({ connectionString: (database().address as { url: string }).url });
      await client.connect();
      try {
        // A pooler tells a process number of its own making.
        Object.assign(client, { processID: 1 });
        await keepStatementsByName(client, new StatementNames());
        for (let time = 0; time < 6; time++) await client.query('SELECT $1::int', [time]);
        expect((await client.query('SELECT name FROM pg_prepared_statements')).rows).toEqual([]);
      } finally {
        await client.end();
      }
    });
  });

  describeOnPostgres(
    'on a connection that is lost',
    (database) => {
      it('say that the database is away, and take another connection for the next', async () => {
        const last = preparedStatement('SELECT pg_terminate_backend(pg_backend_pid()), $1::int');
        await expect(database().database.prepared(last, [1])).rejects.toSatisfy((error) =>
          DomainError.is(error, 'database-unavailable'),
        );
        expect(await database().database.prepared(ECHO, [2])).toEqual([{ value: 2 }]);
      });
    },
    { poolSize: 1 },
  );
});
