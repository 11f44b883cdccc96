import type { ClientBase, QueryResult } from 'pg';
import { sqlState } from './database-errors.js';
import type { StatementNames } from './statement-names.js';

/**
 * Milliseconds after which a connection forgets its plans. A plan kept for all values is made for tables as large as they
 * were then, and growing does not end it: it is outdated with the next statistics only (an import gathers them at its end).
 */
const PLANS_LAST_MS = 60_000;

/**
 * SQLSTATE `invalid_sql_statement_name` and `duplicate_prepared_statement`: somebody else gives names on this connection,
 * or takes them away.
 */
const NAMES_NOT_KEPT = ['26000', '42P05'];

/** SQLSTATE `feature_not_supported`, of a statement whose columns have become others under it (a migration). */
const OUTDATED = '0A000';

/** SQLSTATE codes after which a statement goes through without its name, or by a new one. They come before anything is done. */
export const FAILED_BY_NAME: readonly string[] = [OUTDATED, ...NAMES_NOT_KEPT];

type Query = (...args: unknown[]) => Promise<QueryResult>;

/**
 * Lets PostgreSQL keep the statements of a connection by name, all that have values and come often, so that they are read
 * and planned once and not each time. Planning takes several times as long as what most of ours do.
 *
 * A pooler in between (PgBouncer) gives each transaction another connection; it shows by the process number, which is not
 * the one that PostgreSQL told. Statements go without names then.
 */
export async function keepStatementsByName(client: ClientBase, names: StatementNames): Promise<void> {
  const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
  if (rows[0]?.pid !== (client as { processID?: number }).processID) return;
  Object.assign(client, { query: new NamingConnection(client, names).query() });
}

class NamingConnection {
  private keepsNames = true;
  private planned = performance.now();
  private readonly plain: Query;

  constructor(
    private readonly client: ClientBase,
    private readonly names: StatementNames,
  ) {
    this.plain = client.query.bind(client) as Query;
  }

  /** As `client.query`: statements with values and without a callback go by name, all others as they are. */
  query(): Query {
    return (...args) => {
      const statement = statementOf(args);
      const name = statement && this.keepsNames ? this.nameOf(statement) : undefined;
      if (!statement || name === undefined) return this.plain(...args);
      return this.byName(statement, name);
    };
  }

  private nameOf(statement: GivenStatement): string | undefined {
    return statement.prepared ? this.names.give(statement.text) : this.names.of(statement.text);
  }

  private async byName({ text, values }: GivenStatement, name: string): Promise<QueryResult> {
    const began = this.client.getTransactionStatus() === 'I';
    try {
      await this.renewPlans();
      return await this.plain({ name, text, values });
    } catch (error) {
      const state = sqlState(error) ?? '';
      if (!FAILED_BY_NAME.includes(state)) throw error;
      if (state === OUTDATED) this.names.renew();
      else this.keepsNames = false;
      // Within a transaction everything has failed with it; whoever runs the transaction begins again.
      if (!began) throw error;
      return this.plain({ text, values });
    }
  }

  private async renewPlans(): Promise<void> {
    const now = performance.now();
    if (now - this.planned < PLANS_LAST_MS) return;
    this.planned = now;
    await this.plain({ text: 'DISCARD PLANS' });
  }
}

interface GivenStatement {
  readonly text: string;
  readonly values: unknown[];
  readonly prepared?: boolean;
}

/** The statement of `query(text, values)` or `query({ text, values, prepared })`; undefined for every other call. */
function statementOf([first, values, callback]: unknown[]): GivenStatement | undefined {
  if (callback !== undefined) return undefined;
  if (typeof first === 'string') {
    return Array.isArray(values) && values.length > 0 ? { text: first, values } : undefined;
  }
  return (first as Partial<GivenStatement> | undefined)?.prepared ? (first as GivenStatement) : undefined;
}
