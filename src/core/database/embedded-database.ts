import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { PGLiteSocketServer } from '@electric-sql/pglite-socket';
import { FolderLock } from './folder-lock.js';
import { inWholeQueries } from './whole-queries.js';

/** Connections the embedded database lets in; they take turns on its one backend session. */
const CONNECTIONS = 20;

/** Names the socket file; nothing listens on this port. */
const PORT = 5432;

/** How to reach a database, in the words of the `pg` driver. */
export interface DatabaseAddress {
  readonly host: string;
  readonly port: number;
  readonly username: string;
  readonly database: string;
}

/**
 * PostgreSQL in this process (PGlite), reached through a socket so that the same `pg` driver, the same migrations and
 * the same statements serve both modes. The socket lies in a folder that only this user may enter; where the platform
 * has no such sockets it is a loopback port.
 */
export class EmbeddedDatabase {
  private constructor(
    private readonly database: PGlite,
    private readonly server: PGLiteSocketServer,
    private readonly socketFolder: string | undefined,
    private readonly lock: FolderLock | undefined,
    readonly address: DatabaseAddress,
  ) {}

  /**
   * Opens the database below `dataDir`, or one in memory; `image` preloads it from a dump of another.
   *
   * @throws ConfigurationError when another process has it open
   */
  static async start(options: { dataDir?: string; image?: Blob } = {}): Promise<EmbeddedDatabase> {
    const folder = options.dataDir && join(options.dataDir, 'database');
    const lock = options.dataDir ? FolderLock.take(options.dataDir) : undefined;
    if (folder) mkdirSync(folder, { recursive: true, mode: 0o700 });
    const database = await PGlite.create({ dataDir: folder, loadDataDir: options.image }).catch((error: unknown) => {
      lock?.release();
      throw error;
    });
    const socketFolder = process.platform === 'win32' ? undefined : mkdtempSync(join(tmpdir(), 'latchkey-'));
    const server = new PGLiteSocketServer({
      db: inWholeQueries(database),
      maxConnections: CONNECTIONS,
      ...(socketFolder ? { path: join(socketFolder, `.s.PGSQL.${PORT}`) } : { host: '127.0.0.1', port: 0 }),
    });
    await server.start();
    return new EmbeddedDatabase(database, server, socketFolder, lock, {
      host: socketFolder ?? '127.0.0.1',
      port: socketFolder ? PORT : Number(server.getServerConn().split(':')[1]),
      username: 'postgres',
      database: 'postgres',
    });
  }

  /** A dump of the whole database, for {@link start} to preload. */
  async image(): Promise<Blob> {
    return this.database.dumpDataDir('none');
  }

  async stop(): Promise<void> {
    await this.server.stop();
    await this.database.close();
    this.lock?.release();
    if (this.socketFolder) rmSync(this.socketFolder, { recursive: true, force: true });
  }
}
