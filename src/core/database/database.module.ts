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
          useFactory: async (environment: Environment, server: DatabaseServer) =>
            createDataSource({
              address: server.address,
              schema,
              poolSize: environment.databasePoolSize,
              statementTimeout: environment.databaseStatementTimeout,
            }).initialize(),
        },
        Database,
        DatabaseLifecycle,
      ],
      exports: [DataSource, Database],
    };
  }
}
