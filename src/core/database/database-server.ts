import type { Environment } from '../config/environment.js';
import { type DatabaseAddress, EmbeddedDatabase } from './embedded-database.js';

/** Where the database is: the configured PostgreSQL, or the embedded one, which this process starts and stops. */
export class DatabaseServer {
  private constructor(
    readonly address: DatabaseAddress | { readonly url: string },
    private readonly embedded: EmbeddedDatabase | undefined,
  ) {}

  static async start(this: void, environment: Environment): Promise<DatabaseServer> {
    if (environment.databaseUrl) return new DatabaseServer({ url: environment.databaseUrl }, undefined);
    const embedded = await EmbeddedDatabase.start({ dataDir: environment.dataDir });
    return new DatabaseServer(embedded.address, embedded);
  }

  async stop(): Promise<void> {
    await this.embedded?.stop();
  }
}
