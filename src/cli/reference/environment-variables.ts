/** One variable of the process environment, for the reference; see `Environment` for where each is read. */
export interface EnvironmentVariable {
  readonly name: string;
  readonly values: string;
  readonly fallback: string;
  readonly meaning: string;
}

/** Every variable that the server reads. A test compares this list with the reader. */
export const ENVIRONMENT_VARIABLES: readonly EnvironmentVariable[] = [
  {
    name: 'DATABASE_URL',
    values: '`postgresql://user:password@host:port/database`',
    fallback: 'the embedded database',
    meaning:
      'PostgreSQL 14 or newer. Without it the server runs in the embedded mode: demo world, mailbox, loopback only.',
  },
  {
    name: 'LATCHKEY_MASTER_KEYS',
    values: '`id:base64,…`, 32 bytes of key each',
    fallback: 'required with `DATABASE_URL`; the embedded mode makes its own',
    meaning:
      'The key ring. The first key seals, all of them open: put a new key in front to rotate. Make one with `echo "k1:$(openssl rand -base64 32)"`.',
  },
  {
    name: 'LATCHKEY_CONFIG',
    values: 'a path',
    fallback: 'none',
    meaning:
      'Configuration file that `serve` applies at each start, without deleting anything. Otherwise the server runs on what was applied before.',
  },
  {
    name: 'PORT',
    values: '0 to 65535',
    fallback: '`8080`',
    meaning: 'TCP port of the listener; 0 lets the system choose.',
  },
  {
    name: 'HOST',
    values: 'an address',
    fallback: '`127.0.0.1`',
    meaning: 'Address of the listener. The embedded mode allows loopback only.',
  },
  {
    name: 'LATCHKEY_DATA_DIR',
    values: 'a path',
    fallback: '`./data`',
    meaning: 'Folder of the embedded database and its key.',
  },
  {
    name: 'LATCHKEY_LOG_LEVEL',
    values: '`fatal`, `error`, `warn`, `info`, `debug`, `trace`, `silent`',
    fallback: '`info`',
    meaning: 'The least important lines that are logged.',
  },
  {
    name: 'LATCHKEY_TRUSTED_PROXIES',
    values: 'IP addresses and CIDR blocks, separated by commas',
    fallback: 'none',
    meaning: 'Proxies whose forwarding headers are believed. Without them the client is whoever connects.',
  },
  {
    name: 'LATCHKEY_TLS_CERT',
    values: 'a path',
    fallback: 'none',
    meaning:
      'PEM file with the certificate chain of our own listener. Together with `LATCHKEY_TLS_KEY` it switches TLS on.',
  },
  {
    name: 'LATCHKEY_TLS_KEY',
    values: 'a path',
    fallback: 'none',
    meaning: 'PEM file with the private key of `LATCHKEY_TLS_CERT`.',
  },
  {
    name: 'LATCHKEY_TLS_CLIENT_CA',
    values: 'a path',
    fallback: 'none',
    meaning:
      'PEM file with the authorities of client certificates, one after the other; required with `manager_auth: PKI`. Name the ' +
      'authority of `pki` there too, and people can show their certificate as the second factor of a password reset.',
  },
  {
    name: 'LATCHKEY_DATABASE_POOL',
    values: '1 to 200',
    fallback: '`10`',
    meaning: 'Connections that this process may open to PostgreSQL.',
  },
  {
    name: 'LATCHKEY_DATABASE_STATEMENT_TIMEOUT_MS',
    values: '100 to 600000',
    fallback: '`10000`',
    meaning: 'Milliseconds after which PostgreSQL ends a statement.',
  },
];
