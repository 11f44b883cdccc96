import { execFile } from 'node:child_process';
import { copyFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** How a server's certificate is at fault, for tests that expect it to be refused (attack class 51). */
export type CertificateFault = 'wrong-name' | 'expired' | 'self-signed';

export interface ServerCertificate {
  readonly certFile: string;
  readonly keyFile: string;
}

/** A certificate authority of a test's own, in a folder of its own, made with the openssl command. */
export class TestCa {
  private constructor(
    private readonly folder: string,
    readonly caFile: string,
    private readonly keyFile: string,
  ) {}

  static async create(folder: string): Promise<TestCa> {
    const caFile = join(folder, 'ca.pem');
    const keyFile = join(folder, 'ca.key');
    await selfSigned(caFile, keyFile, '/CN=Latchkey test CA', [
      'basicConstraints=critical,CA:TRUE',
      'keyUsage=critical,keyCertSign,cRLSign',
    ]);
    return new TestCa(folder, caFile, keyFile);
  }

  /** Issues a certificate for the given addresses and names, valid for a day unless `fault` says otherwise. */
  async issue(
    name: string,
    { addresses, names }: { addresses: readonly string[]; names: readonly string[] },
    fault?: CertificateFault,
  ): Promise<ServerCertificate> {
    const certFile = join(this.folder, `${name}.pem`);
    const keyFile = join(this.folder, `${name}.key`);
    const wanted = [...names.map((entry) => `DNS:${entry}`), ...addresses.map((entry) => `IP:${entry}`)];
    const subjectAltName = `subjectAltName=${fault === 'wrong-name' ? 'DNS:elsewhere.example.test' : wanted.join(',')}`;
    if (fault === 'self-signed') {
      await selfSigned(certFile, keyFile, `/CN=${name}`, [subjectAltName]);
      return { certFile, keyFile };
    }
    const request = join(this.folder, `${name}.csr`);
    const extensions = join(this.folder, `${name}.ext`);
    await writeFile(extensions, `${subjectAltName}\nextendedKeyUsage=serverAuth,clientAuth\n`);
    await run('openssl', ['req', '-new', ...newKey(keyFile), '-subj', `/CN=${name}`, '-out', request]);
    const signing = ['-CA', this.caFile, '-CAkey', this.keyFile, '-CAcreateserial', '-extfile', extensions];
    const days = fault === 'expired' ? '-1' : '1';
    await run('openssl', ['x509', '-req', '-in', request, ...signing, '-days', days, '-out', certFile]);
    return { certFile, keyFile };
  }

  /** Copies the authority's certificate to where a server expects it. */
  async copyTo(path: string): Promise<void> {
    await copyFile(this.caFile, path);
  }
}

async function selfSigned(certFile: string, keyFile: string, subject: string, extensions: string[]): Promise<void> {
  const added = extensions.flatMap((extension) => ['-addext', extension]);
  const request = ['req', '-x509', '-days', '1', ...newKey(keyFile), '-subj', subject];
  await run('openssl', [...request, ...added, '-out', certFile]);
}

function newKey(keyFile: string): string[] {
  return ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', keyFile];
}
