import { type DynamicModule, Global, Injectable, Module, type OnApplicationShutdown } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Environment } from '../config/environment.js';
import { createDataSource, type Schema } from './data-source.js';
import { Database } from './database.js';
import { DatabaseServer } from './database-server.js';

@Injectable()
class DatabaseLifecycle implements OnApplicationShutdown {
  constructor(
    private readonly dataSource: DataSource,
    private readonly server: DatabaseServer,
  ) {}

  async onApplicationShutdown(): Promise<void> {
    if (this.dataSource.isInitialized) await this.dataSource.destroy();
    await this.server.stop();
  }
}

@Global()
@Module({})
export class DatabaseModule {
  static forRoot(schema: Schema): DynamicModule {
    return {
      module: DatabaseModule,
      providers: [
        { provide: DatabaseServer, inject: [Environment], useFactory: DatabaseServer.start },
        {
          provide: DataSource,
          inject: [Environment, DatabaseServer],
          useFactory: (environment: Environment, server: DatabaseServer) => open(environment, server, schema),
        },
        Database,
        DatabaseLifecycle,
      ],
      exports: [DataSource, Database],
    };
  }
}

/**
 * The embedded database is brought up to date by the server itself; a real one by `latchkey migrate`, so that a server
 * never changes tables behind an operator's back.
 */
async function open(environment: Environment, server: DatabaseServer, schema: Schema): Promise<DataSource> {
  const dataSource = await createDataSource({
    address: server.address,
    schema,
    poolSize: environment.databasePoolSize,
    statementTimeout: environment.databaseStatementTimeout,
  }).initialize();
  if (environment.embedded) await dataSource.runMigrations();
  return dataSource;
}
