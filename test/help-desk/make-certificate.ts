import { execFile } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { temporaryFolder } from '../support/temporary-folder.js';

const run = promisify(execFile);

/** A certificate as the wire and the directory hold it. */
export interface MadeCertificate {
  /** Without a line break at its end. */
  readonly pem: string;
  /** DER. */
  readonly base64: string;
  readonly validFrom: Date;
  readonly validTo: Date;
}

/** Makes a self-signed certificate that is valid for two days from now. */
export async function makeCertificate(name: string): Promise<MadeCertificate> {
  const folder = temporaryFolder('certificate');
  const [key, file] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')];
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  await run('openssl', ['req', '-x509', ...curve, '-keyout', key, '-out', file, '-days', '2', '-subj', `/CN=${name}`]);
  const certificate = new X509Certificate(await readFile(file));
  return {
    pem: certificate.toString().trimEnd(),
    base64: certificate.raw.toString('base64'),
    validFrom: certificate.validFromDate,
    validTo: certificate.validToDate,
  };
}
