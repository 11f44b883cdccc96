import { execFile } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { escapeDnValue, feedLdif, ldifAdd, type LdifLogin, ldifReplace, type LdifValues } from './ldif.js';
import { realPart, realPartPath } from './real-parts.js';
import { ServerProcess } from './server-process.js';
import { temporaryFolder } from './temporary-folder.js';
import { type CertificateFault, TestCa } from './test-ca.js';

const run = promisify(execFile);

const BASE_DN = 'DC=corp,DC=example,DC=test';
const PEOPLE_DN = `OU=People,${BASE_DN}`;
const UPN_SUFFIX = 'corp.example.test';
const ADMIN_PASSWORD = 'Admin-Secret-1';
const SERVICE_PASSWORD = 'Service-Secret-1';

/** Schema ids: the class user, the right to reset passwords, and two attributes (MS-ADA3, MS-ADTS 5.1.3.2.1). */
const USER_CLASS = 'bf967aba-0de6-11d0-a285-00aa003049e2';
const RESET_PASSWORD = '00299570-246d-11d0-a768-00aa006e0529';
const LOCKOUT_TIME = '28630ebf-41d5-11d1-a9c1-0000f80367c1';
const PWD_LAST_SET = 'bf967a0a-0de6-11d0-a285-00aa003049e2';

const TICKS_PER_SECOND = 10_000_000n;
const FOR_EVER = -0x8000_0000_0000_0000n;

export interface NewUser {
  readonly login: string;
  readonly cn?: string;
  readonly password?: string;
  /** More attributes, or others in place of the usual ones. */
  readonly attributes?: Readonly<Record<string, LdifValues>>;
}

/** Policy of the whole domain or of a group; times in seconds. What is absent stays as it is. */
export interface DomainPolicy {
  readonly minLength?: number;
  readonly history?: number;
  readonly complex?: boolean;
  readonly minAge?: number;
  readonly maxAge?: number;
  /** Failed log-ons after which an account is locked; 0 for never. */
  readonly lockoutThreshold?: number;
  readonly lockoutDuration?: number;
}

/** A private Active Directory domain controller on a loopback address of its own, gone without trace after `stop`. */
export interface Samba {
  /** `ldaps://`. */
  readonly url: string;
  /** `ldap://`, for StartTLS; binds in clear are refused by the server. */
  readonly clearUrl: string;
  readonly caFile: string;
  /** A service account that may reset passwords and unlock, and nothing else. */
  readonly bindDn: string;
  readonly bindPassword: string;
  readonly adminDn: string;
  readonly adminPassword: string;
  readonly baseDn: string;
  /** Where {@link addUser} puts people. */
  readonly peopleDn: string;
  /** Adds an enabled user; returns the DN. */
  addUser(user: NewUser): Promise<string>;
  setDomainPolicy(policy: DomainPolicy): Promise<void>;
  /** Adds a fine-grained policy that holds for these people; whatever is absent is not demanded. */
  addFineGrainedPolicy(name: string, people: readonly string[], policy: DomainPolicy): Promise<void>;
  /** Replaces attributes of an entry, as the domain's administrator. */
  replace(dn: string, attributes: Readonly<Record<string, LdifValues>>): Promise<void>;
  modify(ldif: string): Promise<void>;
  halt(): Promise<void>;
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** Why no Active Directory can be started on this machine, in one sentence; undefined when it can. */
export function sambaMissing(): string | undefined {
  const part = realPart('active-directory');
  if (!part.present) return part.reason;
  const absent = ['ldapmodify', 'openssl'].filter((name) => !existsSync(join('/usr/bin', name)));
  return absent.length > 0 ? `${absent.join(', ')} not found (Debian packages ldap-utils, openssl)` : undefined;
}

/** Provisions and starts a domain controller in a temporary folder; takes about eight seconds. */
export async function startSamba(options: { certificate?: CertificateFault } = {}): Promise<Samba> {
  const missing = sambaMissing();
  if (missing) throw new Error(missing);
  const folder = temporaryFolder('samba');
  const address = `127.${randomInt(1, 255)}.${randomInt(255)}.${randomInt(1, 255)}`;
  const ca = await TestCa.create(folder);
  const names = { addresses: [address], names: [`dc1.${UPN_SUFFIX}`] };
  const certificate = await ca.issue('server', names, options.certificate);
  await chmod(certificate.keyFile, 0o600);
  await writeFile(join(folder, 'admin.password'), ADMIN_PASSWORD, { mode: 0o600 });
  await provision(folder, address, { ca: ca.caFile, cert: certificate.certFile, key: certificate.keyFile });
  const server = new PrivateSamba(folder, address, ca.caFile);
  await server.start();
  await server.prepare();
  return server;
}

async function provision(
  folder: string,
  address: string,
  tls: { ca: string; cert: string; key: string },
): Promise<void> {
  await mkdir(join(folder, 'etc'), { recursive: true });
  const smbOptions = {
    // The mask makes the address count as one of the loopback interface, on which any of 127/8 may be bound.
    interfaces: `${address}/8`,
    'bind interfaces only': 'yes',
    'server services': 'ldap',
    'posix:eadb': join(folder, 'private', 'eadb.tdb'),
    'log file': join(folder, 'log'),
    'pid directory': folder,
    'ncalrpc dir': join(folder, 'ncalrpc'),
    'winbindd socket directory': join(folder, 'winbindd'),
    'ntp signd socket directory': join(folder, 'ntp'),
    'tls cafile': tls.ca,
    'tls certfile': tls.cert,
    'tls keyfile': tls.key,
  };
  const domain = ['--realm=CORP.EXAMPLE.TEST', '--domain=CORP', '--host-name=dc1', `--host-ip=${address}`];
  const role = ['--server-role=dc', '--dns-backend=NONE', `--adminpass=${ADMIN_PASSWORD}`];
  const place = [`--targetdir=${folder}`, '--configfile=/dev/null'];
  const set = Object.entries(smbOptions).map(([name, value]) => `--option=${name}=${value}`);
  await run('samba-tool', ['domain', 'provision', ...domain, ...role, ...place, ...set]);
  // Else the former password works for another hour (as in Windows, where OldPasswordAllowedPeriod governs it).
  const config = join(folder, 'etc', 'smb.conf');
  const text = await readFile(config, 'utf8');
  await writeFile(config, text.replace('[global]', '[global]\nold password allowed period = 0'));
}

class PrivateSamba implements Samba {
  readonly baseDn = BASE_DN;
  readonly peopleDn = PEOPLE_DN;
  readonly bindDn = `latchkey@${UPN_SUFFIX}`;
  readonly bindPassword = SERVICE_PASSWORD;
  readonly adminDn = `administrator@${UPN_SUFFIX}`;
  readonly adminPassword = ADMIN_PASSWORD;
  readonly url: string;
  readonly clearUrl: string;
  private readonly server: ServerProcess;

  constructor(
    private readonly folder: string,
    address: string,
    readonly caFile: string,
  ) {
    this.url = `ldaps://${address}:636`;
    this.clearUrl = `ldap://${address}:389`;
    const config = join(folder, 'etc', 'smb.conf');
    this.server = new ServerProcess({
      program: realPartPath('active-directory'),
      args: ['-F', '--no-process-group', '-M', 'single', '-s', config, '--debug-stdout'],
      listens: [{ host: address, port: 636 }],
      folder,
    });
  }

  start(): Promise<void> {
    return this.server.start();
  }

  halt(): Promise<void> {
    return this.server.halt();
  }

  stop(): Promise<void> {
    return this.server.stop();
  }

  /** People's place, and a service account that holds the rights of a help desk there. */
  async prepare(): Promise<void> {
    await this.modify(ldifAdd(PEOPLE_DN, { objectClass: 'organizationalUnit', ou: 'People' }));
    await this.setDomainPolicy({ minAge: 0, history: 3, minLength: 8 });
    const dn = `CN=latchkey,CN=Users,${BASE_DN}`;
    await this.modify(ldifAdd(dn, userAttributes({ login: 'latchkey', password: SERVICE_PASSWORD })));
    const samba = ['-s', join(this.folder, 'etc', 'smb.conf'), '-H', join(this.folder, 'private', 'sam.ldb')];
    const { stdout } = await run('samba-tool', ['user', 'show', 'latchkey', '--attributes=objectSid', ...samba]);
    const sid = /^objectSid: (\S+)$/m.exec(stdout)?.[1] ?? '';
    const rights = [
      `(OA;CIIO;CR;${RESET_PASSWORD};${USER_CLASS};${sid})`,
      `(OA;CIIO;RPWP;${LOCKOUT_TIME};${USER_CLASS};${sid})`,
      `(OA;CIIO;RPWP;${PWD_LAST_SET};${USER_CLASS};${sid})`,
    ].join('');
    await run('samba-tool', ['dsacl', 'set', ...samba, `--objectdn=${PEOPLE_DN}`, `--sddl=${rights}`]);
  }

  async addUser(user: NewUser): Promise<string> {
    const dn = `CN=${escapeDnValue(user.cn ?? user.login)},${PEOPLE_DN}`;
    await this.modify(ldifAdd(dn, userAttributes(user)));
    return dn;
  }

  async setDomainPolicy(policy: DomainPolicy): Promise<void> {
    await this.replace(BASE_DN, {
      ...number('minPwdLength', policy.minLength),
      ...number('pwdHistoryLength', policy.history),
      ...number('pwdProperties', policy.complex === undefined ? undefined : Number(policy.complex)),
      ...interval('minPwdAge', policy.minAge),
      ...interval('maxPwdAge', policy.maxAge),
      ...number('lockoutThreshold', policy.lockoutThreshold),
      // The window may not be longer than the lock (MS-SAMR 3.1.1.6).
      ...interval('lockOutObservationWindow', policy.lockoutDuration),
      ...interval('lockoutDuration', policy.lockoutDuration),
    });
  }

  async addFineGrainedPolicy(name: string, people: readonly string[], policy: DomainPolicy): Promise<void> {
    await this.modify(
      ldifAdd(`CN=${name},CN=Password Settings Container,CN=System,${BASE_DN}`, {
        objectClass: 'msDS-PasswordSettings',
        'msDS-PasswordSettingsPrecedence': '1',
        'msDS-PasswordReversibleEncryptionEnabled': 'FALSE',
        'msDS-PasswordHistoryLength': String(policy.history ?? 0),
        'msDS-PasswordComplexityEnabled': policy.complex ? 'TRUE' : 'FALSE',
        'msDS-MinimumPasswordLength': String(policy.minLength ?? 0),
        'msDS-MinimumPasswordAge': ticks(policy.minAge ?? 0),
        'msDS-MaximumPasswordAge': policy.maxAge ? ticks(policy.maxAge) : String(FOR_EVER),
        'msDS-LockoutThreshold': String(policy.lockoutThreshold ?? 0),
        'msDS-LockoutObservationWindow': ticks(policy.lockoutDuration ?? 0),
        'msDS-LockoutDuration': ticks(policy.lockoutDuration ?? 0),
        'msDS-PSOAppliesTo': people,
      }),
    );
  }

  async replace(dn: string, attributes: Readonly<Record<string, LdifValues>>): Promise<void> {
    await this.modify(ldifReplace(dn, attributes));
  }

  async modify(ldif: string): Promise<void> {
    const passwordFile = join(this.folder, 'admin.password');
    const login: LdifLogin = { url: this.url, bindDn: this.adminDn, passwordFile, caFile: this.caFile };
    await feedLdif(ldif, login);
  }
}

/** An enabled, ordinary account. Without a password it gets one nobody knows, for the directory demands one. */
function userAttributes({ login, cn = login, password, attributes }: NewUser): Record<string, LdifValues> {
  return {
    objectClass: 'user',
    sAMAccountName: login,
    userPrincipalName: `${login}@${UPN_SUFFIX}`,
    displayName: cn,
    unicodePwd: Buffer.from(`"${password ?? `Unknown-${randomInt(2 ** 40)}`}"`, 'utf16le'),
    userAccountControl: '512',
    ...attributes,
  };
}

function number(name: string, value: number | undefined): Record<string, string> {
  return value === undefined ? {} : { [name]: String(value) };
}

function interval(name: string, seconds: number | undefined): Record<string, string> {
  return seconds === undefined ? {} : { [name]: ticks(seconds) };
}

function ticks(seconds: number): string {
  return String(-BigInt(seconds) * TICKS_PER_SECOND);
}
