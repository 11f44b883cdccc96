import type { RandomSource } from '../crypto/random-source.js';
import { plainSecret, type PlainSecret } from '../crypto/secret-types.js';

interface Shape {
  make(random: RandomSource): PlainSecret;
  /** What a secret of this shape looks like; nothing else is looked up. */
  readonly pattern: RegExp;
  /** The one spelling that is digested. */
  canonical(secret: string): string;
}

const ALPHANUMERIC = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** The shapes of secrets in links and receipts. */
export const SECRET_SHAPES = {
  /** 43 characters base64url, 256 bit (manager-json-rpc section 7). */
  base64url: {
    make: (random) => random.linkSecret(),
    pattern: /^[A-Za-z0-9_-]{43}$/,
    canonical: (secret) => secret,
  },
  /** UUID of version 4, 122 random bits (RFC 9562 section 5.4; iam-rest section 9); hex digits in either case. */
  uuid: {
    make: uuid,
    pattern: /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
    canonical: (secret) => secret.toLowerCase(),
  },
  /** 50 letters and digits, 297 bit (user-requests section 3). */
  alphanumeric: {
    make: (random) => random.text(50, ALPHANUMERIC),
    pattern: /^[A-Za-z0-9]{50}$/,
    canonical: (secret) => secret,
  },
} as const satisfies Record<string, Shape>;

export type SecretShape = keyof typeof SECRET_SHAPES;

function uuid(random: RandomSource): PlainSecret {
  const bytes = Buffer.from(random.bytes(16));
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x40, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.toString('hex');
  return plainSecret(hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5'));
}
