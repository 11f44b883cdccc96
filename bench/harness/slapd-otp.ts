import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { freePort } from '../../test/support/free-port.js';
import { realPart, realPartPath } from '../../test/support/real-parts.js';
import { ServerProcess } from '../../test/support/server-process.js';
import { temporaryFolder } from '../../test/support/temporary-folder.js';

const MODULE = '/usr/lib/ldap/otp.so';
const BASE = 'dc=bench,dc=test';
const PARAMS = `cn=totp,${BASE}`;
const SHA1 = '1.2.840.113549.2.7';

/** In front of every code: the overlay is a second factor to a password. */
const PASSWORD = 'bench';

/** Seconds after which a connection without an answer counts as an error. */
const TIMEOUT_SECONDS = 20;

/** Bytes that the database may grow to. */
const LARGEST = 4 * 1024 ** 3;

/** OpenLDAP with its overlay `otp` (slapo-otp(5)), durable as it comes: what one bind writes is on the disk. */
export class SlapdOtp {
  private constructor(
    private readonly server: ServerProcess,
    private readonly port: number,
  ) {}

  /** @param seeds of the people, who are counted from 1. @throws Error where there is no such server */
  static async start(seeds: readonly Buffer[], period: number): Promise<SlapdOtp> {
    const slapd = realPart('openldap');
    if (!slapd.present) throw new Error(slapd.reason);
    if (!existsSync(MODULE)) throw new Error(`${MODULE} not found (packages slapd or slapd-contrib)`);
    const folder = temporaryFolder('slapd-otp');
    await mkdir(join(folder, 'data'));
    const configuration = join(folder, 'slapd.conf');
    const entries = join(folder, 'entries.ldif');
    await writeFile(configuration, configurationOf(folder));
    await writeFile(entries, entriesOf(seeds, period));
    await promisify(execFile)('/usr/sbin/slapadd', ['-q', '-f', configuration, '-l', entries]);
    const port = await freePort();
    const server = new ServerProcess({
      program: realPartPath('openldap'),
      args: ['-d', '0', '-h', `ldap://127.0.0.1:${port}`, '-f', configuration],
      listens: [{ host: '127.0.0.1', port }],
      folder,
    });
    await server.start();
    return new SlapdOtp(server, port);
  }

  connect(): Promise<BindConnection> {
    return BindConnection.open(this.port);
  }

  stop(): Promise<void> {
    return this.server.stop();
  }
}

function configurationOf(folder: string): string {
  return `
include /etc/ldap/schema/core.schema
include /etc/ldap/schema/cosine.schema
include /etc/ldap/schema/inetorgperson.schema
modulepath /usr/lib/ldap
moduleload back_mdb
moduleload otp
pidfile ${folder}/slapd.pid
database mdb
maxsize ${LARGEST}
suffix "${BASE}"
directory ${folder}/data
index objectClass eq
access to * by anonymous auth by * none
overlay otp
`;
}

/** Who logs in holds the token too: one entry to be read and written, the least that the overlay needs. */
function entriesOf(seeds: readonly Buffer[], period: number): string {
  const people = seeds.map((seed, index) => {
    const dn = dnOf(index + 1);
    return `dn: ${dn}
objectClass: inetOrgPerson
objectClass: oathTOTPUser
objectClass: oathTOTPToken
uid: person-${index + 1}
cn: Person
sn: Person
userPassword: ${PASSWORD}
oathTOTPToken: ${dn}
oathTOTPParams: ${PARAMS}
oathSecret:: ${seed.toString('base64')}
`;
  });
  return `dn: ${BASE}
objectClass: dcObject
objectClass: organization
dc: bench
o: bench

dn: ${PARAMS}
objectClass: device
objectClass: oathTOTPParams
cn: totp
oathOTPLength: 6
oathHMACAlgorithm: ${SHA1}
oathTOTPTimeStepPeriod: ${period}
oathTOTPTimeStepWindow: 2

${people.join('\n')}`;
}

function dnOf(n: number): string {
  return `uid=person-${n},${BASE}`;
}

/** One connection with one bind after the other (RFC 4511 section 4.2). */
export class BindConnection {
  private received = Buffer.alloc(0);
  private message = 0;
  private waiting: { resolve: (code: number) => void; reject: (error: Error) => void } | undefined;

  private constructor(private readonly socket: Socket) {
    socket.setNoDelay(true).setTimeout(TIMEOUT_SECONDS * 1_000);
    socket.on('data', (bytes: Buffer) => this.read(bytes));
    socket.on('timeout', () => socket.destroy(new Error('no answer')));
    socket.on('error', (error) => this.waiting?.reject(error));
    socket.on('close', () => this.waiting?.reject(new Error('the connection was closed')));
  }

  static async open(port: number): Promise<BindConnection> {
    const socket = connect({ host: '127.0.0.1', port });
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('error', reject);
    });
    return new BindConnection(socket);
  }

  /** Binds as the `n`th person with password and code. @returns the result code; 0 is success */
  bind(n: number, code: string): Promise<number> {
    this.message = (this.message % 0x7fff) + 1;
    const id = Buffer.from([this.message >> 8, this.message & 0xff]);
    const request = element(
      0x60,
      element(0x02, Buffer.from([3])),
      element(0x04, dnOf(n)),
      element(0x80, PASSWORD + code),
    );
    return new Promise((resolve, reject) => {
      this.waiting = { resolve, reject };
      this.socket.write(element(0x30, element(0x02, id), request));
    });
  }

  close(): void {
    this.waiting = undefined;
    this.socket.destroy();
  }

  /** Answers are short, so that every length is one byte. */
  private read(bytes: Buffer): void {
    this.received = Buffer.concat([this.received, bytes]);
    const end = 2 + (this.received[1] ?? Number.POSITIVE_INFINITY);
    if (this.received.length < end) return;
    // BindResponse: the enumerated result code is its first element.
    const response = this.received.indexOf(0x61);
    const code = this.received[response + 4] ?? -1;
    this.received = this.received.subarray(end);
    this.waiting?.resolve(code);
  }
}

/** Short values only. */
function element(tag: number, ...parts: readonly (Buffer | string)[]): Buffer {
  const value = Buffer.concat(parts.map((part) => Buffer.from(part as string)));
  if (value.length > 0x7f) return Buffer.concat([Buffer.from([tag, 0x81, value.length]), value]);
  return Buffer.concat([Buffer.from([tag, value.length]), value]);
}
