import type { Contender, Span } from './scenario.js';
import type { World } from './world.js';

/** One SQL statement as the server sends it, with its parameters left out. */
export interface CountedStatement {
  readonly sql: string;
  /** How often an outcome runs it, on the average. */
  readonly perOutcome: number;
  /** Milliseconds that PostgreSQL spent on planning one of them, on the average; next to none where a plan is kept. */
  readonly planMs: number;
  /** Milliseconds that PostgreSQL spent on carrying out one of them. */
  readonly meanMs: number;
}

/** What one outcome costs the database. */
export interface Census {
  readonly connections: number;
  readonly outcomes: number;
  /** Round trips; BEGIN and COMMIT are some, too. */
  readonly statements?: number | undefined;
  readonly transactions: number;
  /** Times that PostgreSQL waited for the disk; less than its commits when those of several connections go together. */
  readonly syncs?: number | undefined;
  readonly walBytes?: number | undefined;
  readonly list: readonly CountedStatement[];
}

/** Statements seen less often than this an outcome belong to jobs in the background. */
const BACKGROUND = 0.02;

interface Counters {
  readonly transactions: number;
  readonly syncs?: number;
  readonly walBytes?: number;
}

/** Drives `contender` once more, not for its speed but to count what it asks of the database. */
export async function takeCensus(world: World, contender: Contender, span: Span): Promise<Census> {
  const { database } = world;
  if (database.countsStatements) await database.startCounting();
  const before = await readCounters(world);
  const { outcomes } = await contender.drive(world, span);
  if (database.countsStatements) await database.stopCounting();
  const after = await readCounters(world);
  const list = database.countsStatements ? await readStatements(world, outcomes) : [];
  const per = (from: number | undefined, to: number | undefined) =>
    from === undefined || to === undefined ? undefined : (to - from) / outcomes;
  return {
    connections: span.connections,
    outcomes,
    statements: database.countsStatements ? list.reduce((sum, { perOutcome }) => sum + perOutcome, 0) : undefined,
    transactions: (after.transactions - before.transactions) / outcomes,
    syncs: per(before.syncs, after.syncs),
    walBytes: per(before.walBytes, after.walBytes),
    list,
  };
}

async function readStatements({ database }: World, outcomes: number): Promise<CountedStatement[]> {
  const rows = await database.query<{ sql: string; calls: number; plan: number; mean: number }>(
    `SELECT query AS sql, sum(calls)::float8 AS calls, (sum(total_plan_time) / sum(calls))::float8 AS plan,
            (sum(total_exec_time) / sum(calls))::float8 AS mean
     FROM pg_stat_statements WHERE userid = $1::regrole GROUP BY query ORDER BY sum(calls) DESC`,
    [database.owner],
  );
  return rows
    .map(({ sql, calls, plan, mean }) => ({ sql, perOutcome: calls / outcomes, planMs: plan, meanMs: mean }))
    .filter(({ perOutcome }) => perOutcome >= BACKGROUND);
}

async function readCounters({ database }: World): Promise<Counters> {
  const [activity] = await database.query<{ transactions: number }>(
    'SELECT xact_commit::float8 AS transactions FROM pg_stat_database WHERE datname = current_database()',
  );
  const [wal] = await database.query<{ bytes: number }>('SELECT wal_bytes::float8 AS bytes FROM pg_stat_wal');
  // PostgreSQL 18 moved this count to pg_stat_io.
  const [sync] = await database
    .query<{ syncs: number }>('SELECT wal_sync::float8 AS syncs FROM pg_stat_wal')
    .catch(() => []);
  return {
    transactions: activity?.transactions ?? 0,
    ...(sync && { syncs: sync.syncs }),
    ...(wal && { walBytes: wal.bytes }),
  };
}
