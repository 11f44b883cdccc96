import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { freePort } from './free-port.js';
import { realPart } from './real-parts.js';
import {
  BASE_DN,
  PEOPLE_DN,
  POLICY_DN,
  ROOT_DN,
  SERVICE_DN,
  slapdConfig,
  slapdEntries,
  type SlapdOptions,
} from './slapd-config.js';
import { removeTemporaryFolder, temporaryFolder } from './temporary-folder.js';
import { type CertificateFault, TestCa } from './test-ca.js';
import { watchOver } from './watchdog.js';

const run = promisify(execFile);

const ROOT_PASSWORD = 'root-Secret-1';
const SERVICE_PASSWORD = 'service-Secret-1';

/** Programs of the Debian packages slapd, ldap-utils and openssl. */
const PROGRAMS = ['slapadd', 'ldapmodify', 'openssl'];
const PROGRAM_FOLDERS = ['/usr/sbin', '/usr/bin', '/usr/local/sbin', '/usr/local/bin'];

export interface NewPerson {
  readonly uid: string;
  readonly password?: string;
  readonly cn?: string;
  readonly sn?: string;
  /** More attributes, operational ones too; a value per line. */
  readonly attributes?: Readonly<Record<string, string | readonly string[]>>;
}

/** A private OpenLDAP with the ppolicy overlay, on loopback, gone without trace after `stop`. */
export interface Slapd {
  /** `ldap://`, for StartTLS. */
  readonly url: string;
  readonly ldapsUrl: string;
  readonly port: number;
  readonly caFile: string;
  readonly bindDn: string;
  readonly bindPassword: string;
  /** Where people live. */
  readonly baseDn: string;
  readonly policyDn: string;
  /** Adds an inetOrgPerson below {@link baseDn}; returns its DN. */
  addPerson(person: NewPerson): Promise<string>;
  /** Feeds LDIF changes to the server as its root DN, beyond all policy. */
  modify(ldif: string): Promise<void>;
  /** Stops answering without closing a connection, as a machine that hangs does; `resume` ends that. */
  stall(): void;
  resume(): void;
  /** Ends the process; the data stay. */
  halt(): Promise<void>;
  /** Starts a halted one again, on the same ports with the same data. */
  start(): Promise<void>;
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/** Why no OpenLDAP can be started on this machine, in one sentence; undefined when it can. */
export function slapdMissing(): string | undefined {
  const slapd = realPart('openldap');
  if (!slapd.present) return slapd.reason;
  const absent = PROGRAMS.filter((name) => !PROGRAM_FOLDERS.some((folder) => existsSync(join(folder, name))));
  if (absent.length > 0) return `${absent.join(', ')} not found (Debian packages slapd, ldap-utils, openssl)`;
  if (!existsSync('/usr/lib/ldap/ppolicy.so'))
    return 'the ppolicy module is not in /usr/lib/ldap (Debian package slapd)';
  return undefined;
}

/** Starts an OpenLDAP of its own in a temporary folder; takes about a second. */
export async function startSlapd(options: SlapdOptions & { certificate?: CertificateFault } = {}): Promise<Slapd> {
  const missing = slapdMissing();
  if (missing) throw new Error(missing);
  const folder = temporaryFolder('slapd');
  await mkdir(join(folder, 'data'));
  const ca = await TestCa.create(folder);
  const names = { addresses: ['127.0.0.1'], names: ['localhost'] };
  const certificate = await ca.issue('server', names, options.certificate);
  const configFile = join(folder, 'slapd.conf');
  await writeFile(configFile, slapdConfig(folder, ca.caFile, certificate, ROOT_PASSWORD, options), { mode: 0o600 });
  await writeFile(join(folder, 'base.ldif'), slapdEntries(SERVICE_PASSWORD, options));
  await writeFile(join(folder, 'root.password'), ROOT_PASSWORD, { mode: 0o600 });
  await run(program('slapadd'), ['-f', configFile, '-l', join(folder, 'base.ldif')]);
  const server = new PrivateSlapd(folder, configFile, ca.caFile, await freePort(), await freePort());
  await server.start();
  return server;
}

class PrivateSlapd implements Slapd {
  readonly bindDn = SERVICE_DN;
  readonly bindPassword = SERVICE_PASSWORD;
  readonly baseDn = PEOPLE_DN;
  readonly policyDn = POLICY_DN;
  readonly url: string;
  readonly ldapsUrl: string;
  private process: ChildProcess | undefined;
  private callOff: (() => void) | undefined;

  constructor(
    private readonly folder: string,
    private readonly configFile: string,
    readonly caFile: string,
    readonly port: number,
    private readonly ldapsPort: number,
  ) {
    this.url = `ldap://127.0.0.1:${port}`;
    this.ldapsUrl = `ldaps://127.0.0.1:${ldapsPort}`;
  }

  async start(): Promise<void> {
    const child = spawn(program('slapd'), ['-d', '0', '-h', `${this.url} ${this.ldapsUrl}`, '-f', this.configFile], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    this.process = child;
    if (child.pid !== undefined) this.callOff = watchOver(child.pid, this.folder);
    let errors = '';
    child.stderr?.on('data', (data: Buffer) => (errors += data.toString()));
    for (let attempt = 0; attempt < 200; attempt++) {
      if (child.exitCode !== null) throw new Error(`slapd did not start: ${errors}`);
      if ((await accepts(this.port)) && (await accepts(this.ldapsPort))) return;
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
    throw new Error('slapd did not listen in time');
  }

  async halt(): Promise<void> {
    const child = this.process;
    this.process = undefined;
    if (!child || child.exitCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGCONT');
    child.kill('SIGTERM');
    const forced = setTimeout(() => child.kill('SIGKILL'), 5_000);
    await ended;
    clearTimeout(forced);
    this.callOff?.();
  }

  async restart(): Promise<void> {
    await this.halt();
    await this.start();
  }

  async stop(): Promise<void> {
    await this.halt();
    removeTemporaryFolder(this.folder);
  }

  stall(): void {
    this.process?.kill('SIGSTOP');
  }

  resume(): void {
    this.process?.kill('SIGCONT');
  }

  async addPerson({ uid, password, cn = uid, sn = uid, attributes = {} }: NewPerson): Promise<string> {
    const dn = `uid=${escapeDnValue(uid)},${this.baseDn}`;
    const all: Record<string, string | readonly string[]> = {
      objectClass: 'inetOrgPerson',
      uid,
      cn,
      sn,
      ...attributes,
    };
    if (password !== undefined) all['userPassword'] = password;
    const lines = Object.entries(all).flatMap(([name, values]) =>
      [values].flat().map((value) => ldifLine(name, value)),
    );
    await this.modify([ldifLine('dn', dn), 'changetype: add', ...lines, ''].join('\n'));
    return dn;
  }

  async modify(ldif: string): Promise<void> {
    const login = ['-x', '-D', ROOT_DN, '-y', join(this.folder, 'root.password'), '-H', this.url];
    const relax = ['-e', 'relax'];
    const child = execFile(program('ldapmodify'), [...login, ...relax]);
    let errors = '';
    child.stderr?.on('data', (data: string) => (errors += data));
    child.stdin?.end(ldif);
    const [code] = (await once(child, 'close')) as [number | null];
    if (code !== 0) throw new Error(`ldapmodify ended with ${code}: ${errors}`);
  }
}

/** One LDIF line in base64, so that any value survives (RFC 2849). */
function ldifLine(name: string, value: string): string {
  return `${name}:: ${Buffer.from(value, 'utf8').toString('base64')}`;
}

/** Every byte as a hex pair (RFC 4514 section 2.4): no rule about special characters to get wrong. */
function escapeDnValue(value: string): string {
  return [...Buffer.from(value, 'utf8')].map((byte) => `\\${byte.toString(16).padStart(2, '0')}`).join('');
}

function program(name: string): string {
  const folder = PROGRAM_FOLDERS.find((candidate) => existsSync(join(candidate, name)));
  return folder ? join(folder, name) : name;
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(true));
    socket.once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}

/** The suffix of the directory; people live below it in {@link PEOPLE_DN}. */
export const SLAPD_SUFFIX = BASE_DN;
