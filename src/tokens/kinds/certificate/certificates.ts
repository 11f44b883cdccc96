import { createPublicKey, type KeyObject } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { X509Certificate } from '@peculiar/x509';
import { RandomSource } from '../../../core/crypto/random-source.js';
import type { PlainSecret } from '../../../core/crypto/secret-types.js';
import { Database, type Tx } from '../../../core/database/database.js';
import type { FoundPerson } from '../../../core/directory/people.js';
import { Clock } from '../../../core/time/clock.js';
import { DirectEnrolment } from '../../enrolment/direct-enrolment.js';
import type { EnrolmentHolder } from '../../enrolment/enrolment-holder.js';
import { type HeldToken, TokenStore } from '../../token-store.js';
import { withinBounds } from '../../within-bounds.js';
import { newSshKey } from '../ssh-key/new-ssh-key.js';
import { certificatePem, certificateState, type CertificateState, newCertificateState } from './certificate-token.js';
import { readCertificateRequest } from './certificate-request.js';
import { issueCertificate } from './issue-certificate.js';
import { IssuingAuthorities } from './issuing-authority.js';
import { writePkcs12 } from './pkcs12.js';

/** A signed certificate that is not stored yet. Until then it is nobody's. */
export interface IssuedCertificate {
  readonly state: CertificateState;
  readonly notAfter: Date;
  readonly pem: string;
}

/** A certificate with the key made for it, packed for the person; to be shown once. */
export interface IssuedBundle {
  readonly issued: IssuedCertificate;
  /** PKCS #12, protected by the password. */
  readonly file: Buffer;
  readonly password: PlainSecret;
}

const SERIAL_BYTES = 16;
const DAY = 86_400_000;
/** Before now, for clocks that are behind. */
const LEEWAY_MS = 300_000;
const MOST_DAYS = 3_650;
/** 24 symbols of 32 are 120 bit; nobody types it twice. */
const PASSWORD_SYMBOLS = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';
const PASSWORD_LENGTH = 24;

/** Certificates of people, signed by the configured authority (PKI of manager-json-rpc sections 10.1 and 12). */
@Injectable()
export class Certificates {
  constructor(
    private readonly authorities: IssuingAuthorities,
    private readonly enrolment: DirectEnrolment,
    private readonly store: TokenStore,
    private readonly database: Database,
    private readonly random: RandomSource,
    private readonly clock: Clock,
  ) {}

  /**
   * Signs a certificate request. What it says of its subject is not looked at. Not inside a transaction.
   *
   * @param days validity; the authority's unless given
   * @throws DomainError `certificate-request-not-valid`, `value-out-of-range`, `feature-locked`
   */
  async sign(found: FoundPerson, request: string, days?: number): Promise<IssuedCertificate> {
    return this.issue(found, await readCertificateRequest(request), days);
  }

  /**
   * Makes a key (ECDSA on P-256) and a certificate for it. Not inside a transaction.
   *
   * @throws DomainError `value-out-of-range`, `feature-locked`
   */
  async make(found: FoundPerson, days?: number): Promise<IssuedBundle> {
    const authority = await this.authorities.current();
    const key = await newSshKey({ type: 'ECC' });
    const issued = await this.issue(found, createPublicKey(key), days);
    const password = this.random.text(PASSWORD_LENGTH, PASSWORD_SYMBOLS);
    const own = Buffer.from(issued.state.certificate, 'base64');
    const chain = [own, Buffer.from(authority.certificate.rawData)];
    return { issued, password, file: await writePkcs12(key, chain, password, this.random) };
  }

  /** Stores a signed certificate as the person's, usable at once; the one before is replaced, and so revoked. */
  enrol(tx: Tx, holder: EnrolmentHolder, { state, notAfter }: IssuedCertificate, name?: string): Promise<HeldToken> {
    return this.enrolment.enrol(tx, holder, {
      kind: 'Certificate',
      state: { ...state },
      expires: notAfter,
      ...(name !== undefined && { name }),
    });
  }

  /** The person's certificates as PEM, those that are not revoked and not over. */
  async ofAccount(accountId: string): Promise<string[]> {
    const held = await this.store.ofAccount(this.database.manager, accountId, ['Certificate']);
    const now = this.clock.now();
    return held
      .filter(({ assignment }) => assignment.status === 'ACTIVE' && (assignment.expires ?? now) > now)
      .map(({ token }) => certificatePem(certificateState(token.state)));
  }

  /** The stored certificate with this PEM text among a person's, for `Remove_User_Certificate`. */
  async find(accountId: string, pem: string): Promise<HeldToken | undefined> {
    const wanted = pem.replaceAll(/-----(BEGIN|END) CERTIFICATE-----|\s/g, '');
    const held = await this.store.ofAccount(this.database.manager, accountId, ['Certificate']);
    return held.find(({ token }) => certificateState(token.state).certificate === wanted);
  }

  private async issue(found: FoundPerson, publicKey: KeyObject, days?: number): Promise<IssuedCertificate> {
    const authority = await this.authorities.current();
    const wanted = withinBounds('expires', days ?? authority.validityDays, 1, MOST_DAYS);
    const now = this.clock.now().getTime();
    const { person, domain } = found;
    // Never longer than its issuer: readers check the chain as a whole.
    const end = Math.min(now + wanted * DAY, authority.certificate.notAfter.getTime());
    const certificate: X509Certificate = await issueCertificate(
      authority,
      publicKey,
      { login: person.login, displayName: person.displayName, domain: domain.name, mail: person.mail },
      { serialNumber: this.serialNumber(), notBefore: new Date(now - LEEWAY_MS), notAfter: new Date(end) },
    );
    const state = newCertificateState(certificate, authority.certificate);
    return { state, notAfter: certificate.notAfter, pem: certificatePem(state) };
  }

  /** 126 random bit, positive and of even length as DER wants it (RFC 5280, section 4.1.2.2). */
  private serialNumber(): string {
    const bytes = Buffer.from(this.random.bytes(SERIAL_BYTES));
    bytes[0] = ((bytes[0] ?? 0) & 0x3f) | 0x40;
    return bytes.toString('hex');
  }
}
