import type { ClientBase } from 'pg';
import { DataSource, type DataSourceOptions, type MixedList } from 'typeorm';
import { endWhenSilent } from './attention.js';
import type { DatabaseAddress } from './embedded-database.js';
import { keepStatementsByName } from './named-statements.js';
import { StatementNames } from './statement-names.js';

/** The tables of the whole house: every feature's entities, and the migrations in their order. */
export interface Schema {
  readonly entities: MixedList<new () => object>;
  readonly migrations: MixedList<new () => object>;
}

/** What a data source needs to know; see `Environment` for the meaning of the numbers. */
export interface DataSourceSettings {
  readonly address: DatabaseAddress | { readonly url: string };
  readonly schema: Schema;
  readonly poolSize: number;
  /** 0 for none. */
  readonly statementTimeout: number;
}

const CONNECT_TIMEOUT_MS = 5_000;
/** Milliseconds after which an unused connection is closed. A new one reads and plans all its statements anew. */
const IDLE_MS = 60_000;

export function createDataSource(settings: DataSourceSettings): DataSource {
  return new DataSource(dataSourceOptions(settings));
}

/** Migrations only, never synchronised; statements and idle transactions are ended by PostgreSQL itself. */
export function dataSourceOptions({
  address,
  schema,
  poolSize,
  statementTimeout,
}: DataSourceSettings): DataSourceOptions {
  return {
    type: 'postgres',
    ...address,
    entities: schema.entities,
    migrations: schema.migrations as DataSourceOptions['migrations'] & object,
    migrationsTableName: 'migrations',
    migrationsTransactionMode: 'each',
    synchronize: false,
    logging: false,
    applicationName: 'latchkey',
    poolSize,
    connectTimeoutMS: CONNECT_TIMEOUT_MS,
    extra: {
      statement_timeout: statementTimeout,
      idle_in_transaction_session_timeout: statementTimeout * 3,
      keepAlive: true,
      // TypeORM takes the URL apart and loses its query; `pg` reads it whole, `sslmode` included.
      ...('url' in address && { connectionString: address.url, ...ownConnections(statementTimeout) }),
    },
  };
}

/** Not for the embedded database: all its connections share one session, in which a name would be given twice. */
function ownConnections(statementTimeout: number): Record<string, unknown> {
  const names = new StatementNames();
  const onConnect = async (client: ClientBase): Promise<void> => {
    if (statementTimeout > 0) endWhenSilent(client, statementTimeout);
    await keepStatementsByName(client, names);
  };
  return { idleTimeoutMillis: IDLE_MS, onConnect };
}
