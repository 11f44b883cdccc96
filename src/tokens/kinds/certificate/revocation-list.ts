import { Injectable } from '@nestjs/common';
import { Extension, X509CrlGenerator, X509CrlReason, AuthorityKeyIdentifierExtension } from '@peculiar/x509';
import { Database } from '../../../core/database/database.js';
import { Clock } from '../../../core/time/clock.js';
import { sha256Of } from './certificate-token.js';
import { IssuingAuthorities, type IssuingAuthority } from './issuing-authority.js';

/** Hours until the next list is due; readers may keep one so long. */
const NEXT_UPDATE_HOURS = 24;
/** A revocation is published within this time. Bounds the work that strangers cause, too. */
const FRESH_MS = 60_000;
/** CRL number (RFC 5280, section 5.2.3). */
const CRL_NUMBER = '2.5.29.20';

interface Row {
  readonly serial_number: string;
  readonly ended_at: Date | null;
  readonly end_reason: string | null;
}

/** The list of revoked certificates (RFC 5280, section 5), made anew when it is asked for and older than a minute. */
@Injectable()
export class RevocationList {
  private held: { authority: IssuingAuthority; madeAt: number; list: Promise<Buffer> } | undefined;

  constructor(
    private readonly authorities: IssuingAuthorities,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** DER. Not inside a transaction. @throws DomainError `feature-locked`, `database-unavailable` */
  async current(): Promise<Buffer> {
    const authority = await this.authorities.current();
    const now = this.clock.now().getTime();
    if (this.held?.authority !== authority || now - this.held.madeAt >= FRESH_MS) {
      const list = this.make(authority);
      this.held = { authority, madeAt: now, list };
      list.catch(() => {
        if (this.held?.list === list) this.held = undefined;
      });
    }
    return this.held.list;
  }

  private async make(authority: IssuingAuthority): Promise<Buffer> {
    const { certificate, key, signing } = authority;
    const now = this.clock.now();
    const revoked = await this.revoked(authority, now);
    const list = await X509CrlGenerator.create({
      issuer: certificate.subjectName,
      thisUpdate: now,
      nextUpdate: this.clock.in(NEXT_UPDATE_HOURS * 3_600),
      signingAlgorithm: signing,
      signingKey: key,
      extensions: [
        await AuthorityKeyIdentifierExtension.create(certificate.publicKey),
        new Extension(CRL_NUMBER, false, crlNumber(now)),
      ],
      entries: revoked.map(({ serial_number, ended_at, end_reason }) => ({
        serialNumber: serial_number,
        revocationDate: ended_at ?? now,
        reason: reasonOf(ended_at, end_reason),
      })),
    });
    return Buffer.from(list.rawData);
  }

  /** Ours whose assignment has ended or is stopped, and whose time is not over. */
  private revoked(authority: IssuingAuthority, now: Date): Promise<Row[]> {
    return this.database.query<Row>(
      `SELECT t.state->>'serialNumber' AS serial_number, a.ended_at, a.end_reason
       FROM tokens t JOIN token_assignments a ON a.token_id = t.id
       WHERE t.kind = 'Certificate' AND t.state->>'issuer' = $1 AND (t.state->>'notAfter')::timestamptz > $2
         AND (a.ended_at IS NOT NULL OR a.status <> 'ACTIVE' OR t.status <> 'ACTIVE')
       ORDER BY t.created_at, t.id`,
      [sha256Of(Buffer.from(authority.certificate.rawData)), now],
    );
  }
}

function reasonOf(endedAt: Date | null, endReason: string | null): X509CrlReason {
  // What is stopped may be allowed again.
  if (endedAt === null) return X509CrlReason.certificateHold;
  return endReason === 'replaced' ? X509CrlReason.superseded : X509CrlReason.cessationOfOperation;
}

/** Milliseconds since 1970 as an INTEGER: every list has a greater number than the ones before, in all processes. */
function crlNumber(now: Date): Uint8Array<ArrayBuffer> {
  const hex = now.getTime().toString(16);
  const digits = Buffer.from(hex.padStart(hex.length + (hex.length % 2), '0'), 'hex');
  const positive = (digits[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.alloc(1), digits]) : digits;
  return new Uint8Array([0x02, positive.length, ...positive]);
}
