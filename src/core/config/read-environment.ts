import { isIP } from 'node:net';
import { resolve } from 'node:path';
import ipaddr from 'ipaddr.js';
import { ConfigurationError, type ConfigurationProblem } from './configuration-error.js';
import { embeddedMasterKey } from './embedded-master-key.js';
import { Environment, type LogLevel, type TlsFiles } from './environment.js';
import type { MasterKey } from '../crypto/key-ring.js';
import { isNetwork } from '../web/client-address.js';

type Variables = Readonly<Record<string, string | undefined>>;

const LOG_LEVELS: readonly LogLevel[] = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'];

/**
 * Parses the process environment.
 *
 * @throws ConfigurationError naming every variable that is missing or unusable, never its value
 */
export function readEnvironment(variables: Variables): Environment {
  const reader = new VariableReader(variables);
  const databaseUrl = reader.url('DATABASE_URL', ['postgres:', 'postgresql:']);
  const embedded = databaseUrl === undefined;
  const dataDir = resolve(reader.text('LATCHKEY_DATA_DIR') ?? './data');
  const host = reader.text('HOST') ?? '127.0.0.1';
  if (embedded && !isLoopback(host)) {
    reader.refuse('HOST', 'the embedded mode listens on loopback only; set DATABASE_URL to serve other addresses');
  }
  const configured = reader.masterKeys('LATCHKEY_MASTER_KEYS');
  if (!reader.text('LATCHKEY_MASTER_KEYS') && !embedded) {
    reader.refuse(
      'LATCHKEY_MASTER_KEYS',
      'required with DATABASE_URL; make one with: echo "k1:$(openssl rand -base64 32)"',
    );
  }
  const environment = {
    port: reader.integer('PORT', { fallback: 8080, min: 0, max: 65_535 }),
    host,
    databaseUrl,
    databasePoolSize: reader.integer('LATCHKEY_DATABASE_POOL', { fallback: 10, min: 1, max: 200 }),
    databaseStatementTimeout: reader.integer('LATCHKEY_DATABASE_STATEMENT_TIMEOUT_MS', {
      fallback: 10_000,
      min: 100,
      max: 600_000,
    }),
    dataDir,
    configPath: reader.path('LATCHKEY_CONFIG'),
    logLevel: reader.oneOf('LATCHKEY_LOG_LEVEL', LOG_LEVELS, 'info'),
    trustedProxies: reader.networks('LATCHKEY_TRUSTED_PROXIES'),
    tls: reader.tls(),
  };
  reader.finish();
  return new Environment({ ...environment, masterKeys: configured ?? [embeddedMasterKey(dataDir)] });
}

class VariableReader {
  private readonly problems: ConfigurationProblem[] = [];

  constructor(private readonly variables: Variables) {}

  text(name: string): string | undefined {
    const value = this.variables[name]?.trim();
    return value ? value : undefined;
  }

  path(name: string): string | undefined {
    const value = this.text(name);
    return value && resolve(value);
  }

  integer(name: string, { fallback, min, max }: { fallback: number; min: number; max: number }): number {
    const value = this.text(name);
    if (value === undefined) return fallback;
    const number = Number(value);
    if (/^\d+$/.test(value) && number >= min && number <= max) return number;
    this.refuse(name, `must be a whole number from ${min} to ${max}`);
    return fallback;
  }

  oneOf<T extends string>(name: string, words: readonly T[], fallback: T): T {
    const value = this.text(name);
    if (value === undefined) return fallback;
    const word = words.find((candidate) => candidate === value.toLowerCase());
    if (!word) this.refuse(name, `must be one of ${words.join(', ')}`);
    return word ?? fallback;
  }

  url(name: string, protocols: readonly string[]): string | undefined {
    const value = this.text(name);
    if (value === undefined) return undefined;
    if (!URL.canParse(value) || !protocols.includes(new URL(value).protocol)) {
      this.refuse(name, `must be a URL starting with ${protocols.map((protocol) => `${protocol}//`).join(' or ')}`);
    }
    return value;
  }

  networks(name: string): string[] {
    const list = (this.text(name) ?? '').split(/[\s,]+/).filter(Boolean);
    if (!list.every(isNetwork)) {
      this.refuse(name, 'must be a list of IP addresses or CIDR blocks, separated by commas');
    }
    return list;
  }

  masterKeys(name: string): MasterKey[] | undefined {
    const value = this.text(name);
    if (value === undefined) return undefined;
    const keys = value.split(',').map((entry) => parseMasterKey(entry.trim()));
    if (keys.some((key) => key === undefined)) {
      this.refuse(name, 'must be a list of id:base64 with 32 bytes of key each');
      return undefined;
    }
    const usable = keys.filter((key) => key !== undefined);
    if (new Set(usable.map(({ id }) => id)).size < usable.length) this.refuse(name, 'names a key id twice');
    if (usable.some(({ key }) => new Set(key).size < 8)) this.refuse(name, 'holds a key that is not random');
    return usable;
  }

  tls(): TlsFiles | undefined {
    const cert = this.path('LATCHKEY_TLS_CERT');
    const key = this.path('LATCHKEY_TLS_KEY');
    const clientCa = this.path('LATCHKEY_TLS_CLIENT_CA');
    if (cert && key) return { cert, key, clientCa };
    if (cert) this.refuse('LATCHKEY_TLS_KEY', 'required with LATCHKEY_TLS_CERT');
    if (key) this.refuse('LATCHKEY_TLS_CERT', 'required with LATCHKEY_TLS_KEY');
    if (clientCa && !cert && !key) this.refuse('LATCHKEY_TLS_CERT', 'required with LATCHKEY_TLS_CLIENT_CA');
    return undefined;
  }

  refuse(where: string, problem: string): void {
    this.problems.push({ where, problem });
  }

  finish(): void {
    if (this.problems.length > 0) throw new ConfigurationError(this.problems);
  }
}

function parseMasterKey(entry: string): MasterKey | undefined {
  const match = /^([A-Za-z0-9_-]{1,32}):([A-Za-z0-9+/_-]{43}=?)$/.exec(entry);
  if (!match?.[1] || !match[2]) return undefined;
  const key = Buffer.from(match[2], 'base64');
  return key.length === 32 ? { id: match[1], key } : undefined;
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || (isIP(host) !== 0 && ipaddr.process(host).range() === 'loopback');
}
