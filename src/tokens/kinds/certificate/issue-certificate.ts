import type { KeyObject } from 'node:crypto';
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  CRLDistributionPointsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  type JsonGeneralNames,
  KeyUsageFlags,
  KeyUsagesExtension,
  Name,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  type X509Certificate,
  X509CertificateGenerator,
} from '@peculiar/x509';
import type { IssuingAuthority } from './issuing-authority.js';

/** What a certificate says of its person; from the directory, never from the request. */
export interface CertifiedPerson {
  readonly login: string;
  readonly displayName: string;
  readonly domain: string;
  readonly mail: string | undefined;
}

export interface CertificateTerms {
  readonly serialNumber: string;
  readonly notBefore: Date;
  readonly notAfter: Date;
}

/** `uid` (RFC 4519, section 2.39). */
export const UID = '0.9.2342.19200300.100.1.1';
/** Upper bounds of RFC 5280, appendix A.1. */
const LONGEST_NAME = 64;
const LONGEST_UID = 256;

/** Signs a certificate for a person's key: for client authentication and signed mail (RFC 5280). */
export async function issueCertificate(
  authority: IssuingAuthority,
  publicKey: KeyObject,
  person: CertifiedPerson,
  terms: CertificateTerms,
): Promise<X509Certificate> {
  const spki = new Uint8Array(publicKey.export({ type: 'spki', format: 'der' }));
  const names = alternativeNames(person);
  return X509CertificateGenerator.create({
    ...terms,
    subject: subjectOf(person),
    issuer: authority.certificate.subjectName,
    publicKey: spki,
    signingKey: authority.key,
    signingAlgorithm: authority.signing,
    extensions: [
      new BasicConstraintsExtension(false, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
      new ExtendedKeyUsageExtension([ExtendedKeyUsage.clientAuth, ExtendedKeyUsage.emailProtection]),
      await SubjectKeyIdentifierExtension.create(spki),
      await AuthorityKeyIdentifierExtension.create(authority.certificate.publicKey),
      ...(names.length > 0 ? [new SubjectAlternativeNameExtension(names)] : []),
      ...(authority.crlUrl === undefined ? [] : [new CRLDistributionPointsExtension([authority.crlUrl])]),
    ],
  });
}

/** Each value typed, so that none is read as the text of a distinguished name. */
function subjectOf({ login, displayName, domain }: CertifiedPerson): Name {
  return new Name([
    { O: [{ utf8String: shortened(domain, LONGEST_NAME) }] },
    { CN: [{ utf8String: shortened(displayName || login, LONGEST_NAME) }] },
    { [UID]: [{ utf8String: shortened(login, LONGEST_UID) }] },
  ]);
}

function alternativeNames({ login, mail }: CertifiedPerson): JsonGeneralNames {
  const isAscii = (text: string) => /^[\x21-\x7e]+$/.test(text);
  return [
    ...(mail !== undefined && isAscii(mail) ? [{ type: 'email' as const, value: mail }] : []),
    // A login in this form is the user principal name of Active Directory.
    ...(/^[^@\s]+@[^@\s]+$/.test(login) ? [{ type: 'upn' as const, value: login }] : []),
  ];
}

function shortened(text: string, longest: number): string {
  return Array.from(text).slice(0, longest).join('');
}
