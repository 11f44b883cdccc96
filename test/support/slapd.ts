import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { freePort } from './free-port.js';
import { escapeDnValue, feedLdif, ldifAdd, ldifReplace, type LdifValues } from './ldif.js';
import { realPart, realPartPath } from './real-parts.js';
import { ServerProcess } from './server-process.js';
import {
  PEOPLE_DN,
  POLICY_DN,
  ROOT_DN,
  SERVICE_DN,
  slapdConfig,
  slapdEntries,
  type SlapdOptions,
} from './slapd-config.js';
import { temporaryFolder } from './temporary-folder.js';
import { type CertificateFault, TestCa } from './test-ca.js';

const run = promisify(execFile);

const ROOT_PASSWORD = 'root-Secret-1';
const SERVICE_PASSWORD = 'service-Secret-1';

/** Programs of the Debian packages slapd, ldap-utils and openssl. */
const PROGRAMS = ['/usr/sbin/slapadd', '/usr/bin/ldapmodify', '/usr/bin/openssl'];
const PPOLICY_MODULE = '/usr/lib/ldap/ppolicy.so';

export interface NewPerson {
  readonly uid: string;
  readonly password?: string;
  readonly cn?: string;
  readonly sn?: string;
  /** More attributes, operational ones too. */
  readonly attributes?: Readonly<Record<string, LdifValues>>;
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
  /** Replaces attributes of an entry as the root DN, beyond all policy; operational ones too. */
  replace(dn: string, attributes: Readonly<Record<string, LdifValues>>): Promise<void>;
  /** Feeds LDIF changes to the server as its root DN. */
  modify(ldif: string): Promise<void>;
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
  const absent = [...PROGRAMS, PPOLICY_MODULE].filter((path) => !existsSync(path));
  return absent.length > 0 ? `${absent.join(', ')} not found (packages slapd, ldap-utils, openssl)` : undefined;
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
  await run('/usr/sbin/slapadd', ['-f', configFile, '-l', join(folder, 'base.ldif')]);
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
  private readonly server: ServerProcess;

  constructor(
    private readonly folder: string,
    configFile: string,
    readonly caFile: string,
    readonly port: number,
    ldapsPort: number,
  ) {
    const host = '127.0.0.1';
    this.url = `ldap://${host}:${port}`;
    this.ldapsUrl = `ldaps://${host}:${ldapsPort}`;
    this.server = new ServerProcess({
      program: realPartPath('openldap'),
      args: ['-d', '0', '-h', `${this.url} ${this.ldapsUrl}`, '-f', configFile],
      listens: [
        { host, port },
        { host, port: ldapsPort },
      ],
      folder,
    });
  }

  start(): Promise<void> {
    return this.server.start();
  }

  halt(): Promise<void> {
    return this.server.halt();
  }

  async restart(): Promise<void> {
    await this.halt();
    await this.start();
  }

  stop(): Promise<void> {
    return this.server.stop();
  }

  async addPerson({ uid, password, cn = uid, sn = uid, attributes = {} }: NewPerson): Promise<string> {
    const dn = `uid=${escapeDnValue(uid)},${this.baseDn}`;
    const secret: Record<string, string> = password === undefined ? {} : { userPassword: password };
    await this.modify(ldifAdd(dn, { objectClass: 'inetOrgPerson', uid, cn, sn, ...secret, ...attributes }));
    return dn;
  }

  async replace(dn: string, attributes: Readonly<Record<string, LdifValues>>): Promise<void> {
    await this.modify(ldifReplace(dn, attributes));
  }

  async modify(ldif: string): Promise<void> {
    const passwordFile = join(this.folder, 'root.password');
    // Relax lets operational attributes be written that slapd keeps to itself.
    await feedLdif(ldif, { url: this.url, bindDn: ROOT_DN, passwordFile, options: ['-e', 'relax'] });
  }
}
