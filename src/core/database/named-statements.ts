import type { ClientBase, QueryConfig, QueryResult } from 'pg';
import { sqlState } from './database-errors.js';
import type { StatementNames } from './statement-names.js';

/**
 * Milliseconds after which a connection forgets its plans. A plan kept for all values is made for tables as large as they
 * were then, and growing does not end it: it is outdated with the next statistics only (an import gathers them at its end).
 */
const PLANS_LAST_MS = 60_000;

/**
 * SQLSTATE `invalid_sql_statement_name` and `duplicate_prepared_statement`: somebody else gives names on this connection,
 * or takes them away. Both come before anything is done.
 */
const NAMES_NOT_KEPT = new Set(['26000', '42P05']);

/** SQLSTATE `feature_not_supported`, of a statement whose columns have become others under it (a migration). */
export const STATEMENT_OUTDATED = '0A000';

type Query = (statement: QueryConfig) => Promise<QueryResult>;

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
  const connection = new NamingConnection(client, names);
  Object.assign(client, { query: connection.queryInPlaceOf(client.query as (...args: unknown[]) => unknown) });
}

class NamingConnection {
  private keepsNames = true;
  private planned = performance.now();
  private plain!: Query;

  constructor(
    private readonly client: ClientBase,
    private readonly names: StatementNames,
  ) {}

  /** As `client.query`: statements with values and without a callback go by name, all others as they are. */
  queryInPlaceOf(original: (...args: unknown[]) => unknown): (...args: unknown[]) => unknown {
    this.plain = original.bind(this.client) as Query;
    return (...args) => {
      const statement = statementOf(args);
      const name = statement && this.keepsNames ? this.nameOf(statement) : undefined;
      if (!statement || name === undefined) return original.apply(this.client, args);
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
      if (state === STATEMENT_OUTDATED) this.names.renew();
      else if (NAMES_NOT_KEPT.has(state)) this.keepsNames = false;
      else throw error;
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
