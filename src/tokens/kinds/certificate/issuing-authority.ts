import { createPrivateKey, type KeyObject, X509Certificate as NodeCertificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { Injectable } from '@nestjs/common';
import { X509Certificate } from '@peculiar/x509';
import { Configuration } from '../../../core/domains/configuration.js';
import type { ConfigurationSnapshot, Declared } from '../../../core/domains/configuration-snapshot.js';
import { DomainError } from '../../../core/errors/domain-error.js';

/** Where the list of revoked certificates is published. */
export const CRL_PATH = '/pki/crl';

/** The key that signs people's certificates, ready for use. */
export interface IssuingAuthority {
  readonly certificate: X509Certificate;
  readonly key: CryptoKey;
  /** Name, and hash where the name does not say it. */
  readonly signing: { readonly name: string; readonly hash: string };
  readonly validityDays: number;
  /** Address of the revocation list, from the configured public URL. */
  readonly crlUrl: string | undefined;
}

/** Reads and checks the issuing key that the configuration file names; once for each configuration. */
@Injectable()
export class IssuingAuthorities {
  private held: { snapshot: ConfigurationSnapshot; authority: Promise<IssuingAuthority> } | undefined;

  constructor(private readonly configuration: Configuration) {}

  /**
   * The authority in force. Not inside a transaction.
   *
   * @throws DomainError `feature-locked` when none is configured, or what is configured cannot sign; the detail says why
   */
  async current(): Promise<IssuingAuthority> {
    const snapshot = await this.configuration.snapshot();
    if (this.held?.snapshot !== snapshot) {
      const authority = read(snapshot);
      this.held = { snapshot, authority };
      // A file that was put right is read again.
      authority.catch(() => {
        if (this.held?.authority === authority) this.held = undefined;
      });
    }
    return this.held.authority;
  }
}

async function read(snapshot: ConfigurationSnapshot): Promise<IssuingAuthority> {
  const [declared] = snapshot.declared('certificate-authority');
  if (!declared) throw locked('no issuing authority is configured');
  const { certificateFile, validityDays } = declared.spec as { certificateFile: string; validityDays: number };
  const pem = await readFile(certificateFile, 'utf8').catch((cause: unknown) => {
    throw locked('pki.certificateFile cannot be read', cause);
  });
  const key = await readKey(declared);
  const certificate = parseCertificate(pem);
  mustIssue(certificate, key);
  const { publicUrl } = snapshot;
  return {
    certificate: new X509Certificate(new Uint8Array(certificate.raw)),
    ...(await signingKey(key)),
    validityDays,
    crlUrl: publicUrl === undefined ? undefined : new URL(CRL_PATH, publicUrl).href,
  };
}

async function readKey({ spec, secrets }: Declared): Promise<KeyObject> {
  const { keyFile } = spec as { keyFile?: string };
  try {
    return createPrivateKey(keyFile === undefined ? (secrets['key'] ?? '') : await readFile(keyFile));
  } catch {
    // What OpenSSL says may quote the key.
    throw locked('the private key of pki cannot be read');
  }
}

function parseCertificate(pem: string): NodeCertificate {
  try {
    return new NodeCertificate(pem);
  } catch (cause) {
    throw locked('pki.certificateFile is no certificate', cause);
  }
}

/** The checks of RFC 5280, section 6.1.4, that others will make of it: better refused here than by every reader. */
function mustIssue(certificate: NodeCertificate, key: KeyObject): void {
  if (!certificate.checkPrivateKey(key)) throw locked('the key of pki is not that of its certificate');
  if (!certificate.ca) throw locked('the certificate of pki is not that of an authority (basicConstraints)');
}

async function signingKey(key: KeyObject): Promise<Pick<IssuingAuthority, 'key' | 'signing'>> {
  const pkcs8 = new Uint8Array(key.export({ type: 'pkcs8', format: 'der' }));
  const namedCurve = { prime256v1: 'P-256', secp384r1: 'P-384', secp521r1: 'P-521' }[
    key.asymmetricKeyDetails?.namedCurve ?? ''
  ];
  const [algorithm, signing] =
    key.asymmetricKeyType === 'rsa'
      ? [
          { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' },
          { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' },
        ]
      : [
          { name: 'ECDSA', namedCurve },
          { name: 'ECDSA', hash: namedCurve === 'P-256' ? 'SHA-256' : 'SHA-384' },
        ];
  if (key.asymmetricKeyType !== 'rsa' && namedCurve === undefined)
    throw locked('the key of pki is neither RSA nor ECDSA');
  return { key: await crypto.subtle.importKey('pkcs8', pkcs8, algorithm, false, ['sign']), signing };
}

function locked(detail: string, cause?: unknown): DomainError {
  return new DomainError('feature-locked', { detail, cause });
}
