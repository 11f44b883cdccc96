import type { INestApplicationContext } from '@nestjs/common';
import { Environment } from '../../core/config/environment.js';
import { KeyRing } from '../../core/crypto/key-ring.js';
import { keyedColumns, keyedValues } from '../../core/crypto/keyed-columns.js';
import type { Sealed } from '../../core/crypto/secret-types.js';
import { Database } from '../../core/database/database.js';
import { DECLARED_SECRET, DeclaredObject } from '../../core/domains/declared-object.entity.js';
import { Clock } from '../../core/time/clock.js';
import { queueProblem } from '../../delivery/queue-tables.js';
import { bad, type Examination, good } from './examination.js';

/** Seconds by which the clocks of this machine and of the database may differ: far below a time step of any token. */
const CLOCK_TOLERANCE_SECONDS = 5;

/** Oldest version of PostgreSQL that the server runs on. */
const OLDEST_POSTGRES = 14;

export function databaseExaminations(workbench: INestApplicationContext): Examination[] {
  const database = workbench.get(Database);
  const environment = workbench.get(Environment);
  return [
    {
      subject: 'database',
      examine: async () => {
        const [row] = await database.query<{ number: number; version: string }>(
          `SELECT current_setting('server_version_num')::int / 10000 AS number, current_setting('server_version') AS version`,
        );
        const { number = 0, version = 'unknown' } = row ?? {};
        if (number >= OLDEST_POSTGRES) return [good('database', `PostgreSQL ${version} answers.`)];
        return [bad('database', `PostgreSQL ${version} is too old; ${OLDEST_POSTGRES} or newer is needed.`)];
      },
    },
    {
      subject: 'migrations',
      examine: async () => {
        const pending = await database.dataSource.showMigrations();
        if (pending) return [bad('migrations', 'Some are pending; run `latchkey migrate`.')];
        // The embedded server makes its queue's tables by itself at each start.
        const problem = environment.embedded ? undefined : await queueProblem(database.dataSource);
        return [problem ? bad('migrations', problem) : good('migrations', 'All tables are up to date.')];
      },
    },
    { subject: 'clock', examine: async () => [await examineClock(database, workbench.get(Clock))] },
    { subject: 'keys', examine: async () => [await examineKeys(database, workbench.get(KeyRing))] },
  ];
}

async function examineClock(database: Database, clock: Clock) {
  const before = clock.now().getTime();
  const [row] = await database.query<{ now: Date }>('SELECT clock_timestamp() AS now');
  const after = clock.now().getTime();
  const theirs = row?.now.getTime() ?? Number.NaN;
  const off = Math.abs(theirs - (before + after) / 2) / 1_000;
  if (off <= CLOCK_TOLERANCE_SECONDS) return good('clock', 'This machine and the database agree on the time.');
  return bad('clock', `This machine and the database are ${Math.round(off)} seconds apart; check the time service.`);
}

async function examineKeys(database: Database, keyRing: KeyRing) {
  const objects = await database.manager.find(DeclaredObject);
  const sealed = objects.flatMap(({ kind, name, secrets }) =>
    Object.entries(secrets).map(([path, secret]) => ({ secret, what: `${path} of ${kind.replace('-', ' ')} ${name}` })),
  );
  const lost = sealed.filter(({ secret }) => !opens(keyRing, secret));
  if (lost.length > 0) {
    const keys = [...new Set(lost.map(({ secret }) => secret.split('.')[0]))].join(', ');
    const what = `${lost[0]?.what}${lost.length > 1 ? ` and ${lost.length - 1} more` : ''}`;
    return bad(
      'keys',
      `${what} cannot be opened; put key ${keys} back into LATCHKEY_MASTER_KEYS, or apply the file again.`,
    );
  }
  const used = await keysInUse(database);
  const others = used.filter((id) => id !== keyRing.currentKeyId);
  const rest = others.length > 0 ? ` Still in use: ${others.join(', ')}.` : '';
  return good('keys', `Key ${keyRing.currentKeyId} seals; all ${sealed.length} declared secrets open.${rest}`);
}

/** Ids of the keys under which anything lies that is kept. */
async function keysInUse(database: Database): Promise<string[]> {
  const kept = keyedColumns().map(keyedValues).join(' UNION ALL ');
  const found = await database.query<{ id: string }>(
    `SELECT DISTINCT split_part(stored, '.', 1) AS id FROM (${kept}) AS kept ORDER BY id`,
  );
  return found.map(({ id }) => id);
}

function opens(keyRing: KeyRing, sealed: Sealed): boolean {
  try {
    keyRing.open(sealed, DECLARED_SECRET);
    return true;
  } catch {
    return false;
  }
}
