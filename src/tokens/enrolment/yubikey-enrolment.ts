import { Injectable } from '@nestjs/common';
import { KeyRing } from '../../core/crypto/key-ring.js';
import type { PlainSecret } from '../../core/crypto/secret-types.js';
import type { Tx } from '../../core/database/database.js';
import { DomainError } from '../../core/errors/domain-error.js';
import { sealYubikeySecret } from '../kinds/yubikey/yubikey-secret.js';
import type { HeldToken } from '../token-store.js';
import { decodeModhex, encodeModhex } from '../yubikey/modhex.js';
import { PRIVATE_ID_BYTES, YUBIKEY_KEY_BYTES } from '../yubikey/yubikey-otp.js';
import type { EnrolmentHolder } from './enrolment-holder.js';
import { Enrolments } from './enrolments.js';

/** What was written into a slot of a Yubikey, as its owner or its seller has it. */
export interface YubikeyParts {
  /** Modhex. */
  readonly publicId: string;
  /** 12 hexadecimal digits. */
  readonly privateId: PlainSecret;
  /** 32 hexadecimal digits. */
  readonly key: PlainSecret;
  readonly name?: string;
}

const LONGEST_PUBLIC_ID_BYTES = 16;

/** Yubikeys in AES mode whose secret is known here. */
@Injectable()
export class YubikeyEnrolment {
  constructor(
    private readonly enrolments: Enrolments,
    private readonly keyRing: KeyRing,
  ) {}

  /** @throws DomainError `seed-not-valid` for parts that are no modhex or hex, or not of their length */
  begin(tx: Tx, holder: EnrolmentHolder, parts: YubikeyParts): Promise<HeldToken> {
    const publicId = decodeModhex(parts.publicId);
    const key = hexBytes(parts.key, YUBIKEY_KEY_BYTES);
    const privateId = hexBytes(parts.privateId, PRIVATE_ID_BYTES);
    if (!publicId || publicId.length > LONGEST_PUBLIC_ID_BYTES || !key || !privateId) {
      throw new DomainError('seed-not-valid');
    }
    return this.enrolments.begin(tx, holder, {
      kind: 'Yubikey',
      secretSealed: sealYubikeySecret(this.keyRing, key, privateId),
      state: { publicId: encodeModhex(publicId) },
      ...(parts.name !== undefined && { name: parts.name }),
    });
  }
}

function hexBytes(text: string, length: number): Uint8Array | undefined {
  return new RegExp(`^[0-9A-Fa-f]{${length * 2}}$`).test(text) ? Buffer.from(text, 'hex') : undefined;
}
