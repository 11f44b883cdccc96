import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { KeyRing } from '../../src/core/crypto/key-ring.js';
import { plainSecret } from '../../src/core/crypto/secret-types.js';
import { Configuration } from '../../src/core/domains/configuration.js';
import { DECLARED_SECRET } from '../../src/core/domains/declared-object.entity.js';
import {
  BasicConstraintsExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectKeyIdentifierExtension,
  type X509Certificate,
  X509CertificateGenerator,
} from '@peculiar/x509';
import type { Services } from './services.js';
import { temporaryFolder } from './temporary-folder.js';

/** An issuing authority of a test's own. */
export interface TestPki {
  /** PEM file with its certificate. */
  readonly certificateFile: string;
  readonly certificate: X509Certificate;
  /** PEM file with its private key. */
  readonly keyFile: string;
  /** The same as text. */
  readonly key: string;
}

export interface TestPkiOptions {
  readonly isAuthority?: boolean;
  readonly notAfter?: Date;
  readonly algorithm?: RsaHashedKeyGenParams | EcKeyGenParams;
}

const EC: EcKeyGenParams = { name: 'ECDSA', namedCurve: 'P-256' };

export async function makePki(options: TestPkiOptions = {}): Promise<TestPki> {
  const { isAuthority = true, notAfter = new Date('2036-01-01T00:00:00Z'), algorithm = EC } = options;
  const keys = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const certificate = await X509CertificateGenerator.createSelfSigned({
    name: 'CN=Test Issuing Authority, O=Example',
    keys,
    notBefore: new Date('2026-01-01T00:00:00Z'),
    notAfter,
    signingAlgorithm: { name: algorithm.name, hash: 'SHA-256' },
    extensions: [
      new BasicConstraintsExtension(isAuthority, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
      await SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  const folder = temporaryFolder('pki');
  const certificateFile = join(folder, 'authority.pem');
  writeFileSync(certificateFile, certificate.toString('pem'));
  const pkcs8 = Buffer.from(await crypto.subtle.exportKey('pkcs8', keys.privateKey)).toString('base64');
  const key = `-----BEGIN PRIVATE KEY-----\n${pkcs8.replaceAll(/(.{64})/g, '$1\n').trim()}\n-----END PRIVATE KEY-----\n`;
  const keyFile = join(folder, 'authority.key');
  writeFileSync(keyFile, key, { mode: 0o600 });
  return { certificateFile, certificate, keyFile, key };
}

/** Declares the authority as `latchkey apply` would. */
export async function declarePki(services: Services, pki: TestPki, validityDays = 365): Promise<void> {
  const configuration = services.get(Configuration);
  const key = services.get(KeyRing).seal(plainSecret(pki.key), DECLARED_SECRET);
  await services.database.transaction(async (tx) => {
    await tx.query(`DELETE FROM declared_objects WHERE kind = 'certificate-authority'`);
    await tx.query(
      `INSERT INTO declared_objects (kind, name, position, spec, secrets, updated_at)
       VALUES ('certificate-authority', $1, 0, $2::jsonb, $3::jsonb, $4)`,
      [
        randomUUID(),
        JSON.stringify({ certificateFile: pki.certificateFile, validityDays }),
        JSON.stringify({ key }),
        services.clock.now(),
      ],
    );
    await configuration.touch(tx);
  });
  configuration.invalidate();
}
