import { X509Certificate as NodeCertificate } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock } from '../../../core/time/clock.js';
import type { TokenRules } from '../../token-rules.js';
import { type AttemptContext, Attempts, type AttemptVerdict } from '../../verification/attempts.js';
import { certificateState, sha256Of } from './certificate-token.js';
import { IssuingAuthorities } from './issuing-authority.js';

export interface CertificateAttempt {
  readonly accountId: string;
  /** DER or PEM of what the TLS listener, or a proxy that is trusted with it, has verified possession of. */
  readonly certificate: Uint8Array | string;
  readonly rules: TokenRules;
  readonly context: AttemptContext;
}

export type CertificateVerdict = AttemptVerdict<'proof-not-valid' | 'authenticator-locked' | 'no-usable-token'>;

/** Checks certificates that people show. That they hold the key is for the TLS handshake to prove. */
@Injectable()
export class CertificateCheck {
  constructor(
    private readonly authorities: IssuingAuthorities,
    private readonly attempts: Attempts,
    private readonly clock: Clock,
  ) {}

  /**
   * Right is a certificate that is among the person's usable ones byte for byte, which a revoked one is not, was signed by
   * the authority in force, and is in its time. Not inside a transaction.
   *
   * @throws DomainError `feature-locked`, `database-unavailable`
   */
  async verify({ accountId, certificate, rules, context }: CertificateAttempt): Promise<CertificateVerdict> {
    const authority = new NodeCertificate(Buffer.from((await this.authorities.current()).certificate.rawData));
    const order = { accountId, authenticator: 'CERT', kinds: ['Certificate'], rules, context } as const;
    const begun = await this.attempts.begin(order);
    if (begun.locked) return this.attempts.refuse(order, 'authenticator-locked');
    if (begun.tokens.length === 0) return this.attempts.refuse(order, 'no-usable-token');
    const shown = readCertificate(certificate);
    const token =
      shown && begun.tokens.find(({ state }) => certificateState(state).fingerprint === sha256Of(shown.raw));
    if (!shown || !token || !this.isSound(shown, authority))
      return this.attempts.refuse(order, 'proof-not-valid', token);
    return (await this.attempts.settle(order, begun, { token, advance: {} }))
      ? { ok: true, token }
      : this.attempts.refuse(order, 'no-usable-token');
  }

  private isSound(shown: NodeCertificate, authority: NodeCertificate): boolean {
    const now = this.clock.now();
    const inTime = (one: NodeCertificate) => new Date(one.validFrom) <= now && now <= new Date(one.validTo);
    return shown.checkIssued(authority) && shown.verify(authority.publicKey) && inTime(shown) && inTime(authority);
  }
}

/** A certificate of any size that is one; undefined otherwise. */
export function readCertificate(certificate: Uint8Array | string): NodeCertificate | undefined {
  try {
    return new NodeCertificate(certificate);
  } catch {
    return undefined;
  }
}
