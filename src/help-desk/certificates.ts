import { X509Certificate } from 'node:crypto';

/** Where directories keep a person's certificates (RFC 4523 section 4.1). */
export const CERTIFICATE_ATTRIBUTE = 'userCertificate';

/** A certificate of the directory, from Base64 of its DER. Undefined for what is none. */
export function storedCertificate(value: string): X509Certificate | undefined {
  return readCertificate(Buffer.from(value, 'base64'));
}

/** A certificate in PEM (RFC 7468). Undefined for what is none. */
export function pemCertificate(pem: string): X509Certificate | undefined {
  return pem.includes('-----BEGIN CERTIFICATE-----') ? readCertificate(pem) : undefined;
}

/** PEM as clients of the Manager interface compare it: without a line break at its end. */
export function toPem(certificate: X509Certificate): string {
  return certificate.toString().trimEnd();
}

/** Whether a certificate is within its time; no more is looked at. */
export function isWithinTime(certificate: X509Certificate, now: Date): boolean {
  return certificate.validFromDate <= now && now <= certificate.validToDate;
}

function readCertificate(bytes: string | Buffer): X509Certificate | undefined {
  try {
    return new X509Certificate(bytes);
  } catch {
    return undefined;
  }
}
