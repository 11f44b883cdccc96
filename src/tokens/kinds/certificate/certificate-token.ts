import { createHash } from 'node:crypto';
import type { X509Certificate } from '@peculiar/x509';

/** What a certificate stores in `Token.state`. Its private key is the person's. */
export interface CertificateState {
  /** Lower-case hexadecimal, as in the certificate. */
  readonly serialNumber: string;
  /** SHA-256 of the certificate, hexadecimal. */
  readonly fingerprint: string;
  /** SHA-256 of the issuing certificate. */
  readonly issuer: string;
  readonly subject: string;
  /** ISO 8601. */
  readonly notAfter: string;
  /** DER, base64. */
  readonly certificate: string;
}

export function sha256Of(der: Uint8Array): string {
  return createHash('sha256').update(der).digest('hex');
}

export function newCertificateState(certificate: X509Certificate, issuer: X509Certificate): CertificateState {
  const der = Buffer.from(certificate.rawData);
  return {
    serialNumber: certificate.serialNumber,
    fingerprint: sha256Of(der),
    issuer: sha256Of(Buffer.from(issuer.rawData)),
    subject: certificate.subject,
    notAfter: certificate.notAfter.toISOString(),
    certificate: der.toString('base64'),
  };
}

/** @throws Error when the stored state is not one that we wrote */
export function certificateState(state: Readonly<Record<string, unknown>>): CertificateState {
  if (typeof state['certificate'] !== 'string') throw new Error('the stored state of a certificate lacks it');
  return state as unknown as CertificateState;
}

/** PEM (RFC 7468). */
export function certificatePem({ certificate }: Pick<CertificateState, 'certificate'>): string {
  const lines = certificate.match(/.{1,64}/g) ?? [];
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
}
