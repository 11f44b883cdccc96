import { connect } from 'node:net';
import { join } from 'node:path';
import { Pool } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EmbeddedDatabase } from '../../../src/core/database/embedded-database.js';

describe('connections to the embedded database', () => {
  let embedded: EmbeddedDatabase;
  let pool: Pool;

  beforeAll(async () => {
    embedded = await EmbeddedDatabase.start();
    const { host, port, username: user, database } = embedded.address;
    pool = new Pool({ host, port, user, database, max: 10 });
  });

  afterAll(async () => {
    await pool.end();
    await embedded.stop();
  });

  const inTransaction = async (value: number): Promise<number> => {
    const client = await pool.connect();
    try {
      await client.query('BEGIN');
      const { rows } = await client.query<{ value: number }>('SELECT $1::int AS value', [value]);
      await client.query('COMMIT');
      return rows[0]?.value ?? NaN;
    } finally {
      client.release();
    }
  };

  const alone = async (value: number): Promise<number> => {
    const { rows } = await pool.query<{ value: number }>(`SELECT ${value} - $1::int + $1::int AS value`, [value]);
    return rows[0]?.value ?? NaN;
  };

  it('get their own answers, also when many have waited for one transaction', async () => {
    const values = Array.from({ length: 100 }, (_, index) => index);
    expect(await Promise.all(values.map((value) => (value % 7 === 0 ? inTransaction(value) : alone(value))))).toEqual(
      values,
    );
  });

  it('go on when one is lost in the middle of a query', async () => {
    const { host, port } = embedded.address;
    const socket = connect(host.startsWith('/') ? { path: join(host, `.s.PGSQL.${port}`) } : { host, port });
    await new Promise((resolve) => socket.once('connect', resolve));
    socket.write(startup());
    await new Promise((resolve) => socket.once('data', resolve));
    socket.write(parse('SELECT 1'));
    // The answer to Parse has been given, so the query is under way; its Sync never comes.
    await new Promise((resolve) => socket.once('data', resolve));
    const waiting = alone(42);
    socket.destroy();
    expect(await waiting).toBe(42);
  });
});

/** StartupMessage (PostgreSQL protocol 3.0). */
function startup(): Buffer {
  const parameters = Buffer.from('user\0postgres\0database\0postgres\0\0');
  const head = Buffer.alloc(8);
  head.writeInt32BE(parameters.length + 8, 0);
  head.writeInt32BE(196_608, 4);
  return Buffer.concat([head, parameters]);
}

/** Parse of the unnamed statement, without parameters. */
function parse(sql: string): Buffer {
  const body = Buffer.concat([Buffer.from(`\0${sql}\0`), Buffer.alloc(2)]);
  const head = Buffer.alloc(5);
  head.write('P');
  head.writeInt32BE(body.length + 4, 1);
  return Buffer.concat([head, body]);
}
