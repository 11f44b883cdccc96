import { Injectable } from '@nestjs/common';
import { KeyRing } from '../core/crypto/key-ring.js';
import type { Tx } from '../core/database/database.js';
import { DomainError } from '../core/errors/domain-error.js';
import type { EnrolmentHolder } from '../tokens/enrolment/enrolment-holder.js';
import { Enrolments } from '../tokens/enrolment/enrolments.js';
import type { OathHash } from '../tokens/oath/oath-hash.js';
import { checkSeed, type Seed, seedText } from '../tokens/oath/seed.js';
import { TOKEN_SECRET } from '../tokens/token-secrets.js';
import { SlotRegistrations } from './slot-registrations.js';

/** A seed from a caller, and the hash that its length stands for. */
export interface OathSeed {
  readonly seed: Seed;
  readonly hash: OathHash;
}

/** 20 bytes are SHA-1, 32 SHA-256, 64 SHA-512 (`OpenOTP.TOTP_Register`); another length is SHA-1 too. */
const HASHES: Readonly<Record<number, OathHash>> = { 32: 'SHA256', 64: 'SHA512' };

/** Digits and seconds of a token whose caller cannot say otherwise. */
const DIGITS = 6;
const PERIOD = 30;

/** @throws DomainError `seed-not-valid` for a key below 128 bit (RFC 4226 section 4, R6) or above 1024 */
export function oathSeed(key: Uint8Array): OathSeed {
  const check = checkSeed(key);
  if (!check.ok) throw new DomainError('seed-not-valid', { detail: check.reason });
  return { seed: check.seed, hash: HASHES[key.length] ?? 'SHA1' };
}

/** Tokens whose seed a caller brings along. */
@Injectable()
export class OathKeys {
  constructor(
    private readonly registrations: SlotRegistrations,
    private readonly enrolments: Enrolments,
    private readonly keyRing: KeyRing,
  ) {}

  /**
   * @param drift whole steps by which the token's clock is ahead
   * @throws DomainError `seed-not-valid`, `value-out-of-range`
   */
  registerTotp(holder: EnrolmentHolder, key: Uint8Array, drift: number, id: number): Promise<boolean> {
    const pending = { kind: 'TOTP', ...this.secret(key, { period: PERIOD }) } as const;
    const begin = (tx: Tx) => this.enrolments.begin(tx, holder, pending);
    return this.registrations.register(holder, id, begin, drift === 0 ? undefined : { drift });
  }

  /**
   * @param next counter of the token's next code
   * @throws DomainError `seed-not-valid`, `value-out-of-range`
   */
  registerHotp(holder: EnrolmentHolder, key: Uint8Array, next: number, id: number): Promise<boolean> {
    const pending = { kind: 'HOTP', ...this.secret(key), ...(next > 0 && { counter: next - 1 }) } as const;
    return this.registrations.register(holder, id, (tx) => this.enrolments.begin(tx, holder, pending));
  }

  private secret(key: Uint8Array, more: Readonly<Record<string, number>> = {}) {
    const { seed, hash } = oathSeed(key);
    return {
      secretSealed: this.keyRing.seal(seedText(seed), TOKEN_SECRET),
      state: { hash, digits: DIGITS, ...more },
    };
  }
}
