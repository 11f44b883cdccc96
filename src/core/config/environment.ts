import type { MasterKey } from '../crypto/key-ring.js';

export type LogLevel = 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent';

/** TLS of our own listener; paths of PEM files. */
export interface TlsFiles {
  readonly cert: string;
  readonly key: string;
  /** Certificate authority of client certificates (`manager_auth: PKI`, agents). */
  readonly clientCa: string | undefined;
}

/** The process environment, parsed once into frozen, typed values. Nothing else reads `process.env`. */
export class Environment {
  /** TCP port of the listener; 0 lets the system choose. */
  readonly port!: number;
  /** Address of the listener. The embedded mode allows loopback only. */
  readonly host!: string;
  /** PostgreSQL connection URL; absent means the embedded database. */
  readonly databaseUrl!: string | undefined;
  /** Connections this process may open to PostgreSQL. */
  readonly databasePoolSize!: number;
  /** Milliseconds after which PostgreSQL ends a statement. */
  readonly databaseStatementTimeout!: number;
  /** Folder of the embedded database and of keys made on first start. */
  readonly dataDir!: string;
  /** Configuration file applied at start. */
  readonly configPath!: string | undefined;
  /** The key ring, the sealing key first. */
  readonly masterKeys!: readonly MasterKey[];
  readonly logLevel!: LogLevel;
  /** Addresses and CIDR blocks whose forwarding headers are believed. */
  readonly trustedProxies!: readonly string[];
  readonly tls!: TlsFiles | undefined;

  constructor(values: Omit<Environment, 'embedded'>) {
    Object.assign(this, values);
    Object.freeze(this);
  }

  /** Whether the server runs on the embedded database, with the demo world and the mailbox. */
  get embedded(): boolean {
    return this.databaseUrl === undefined;
  }
}
