import { randomBytes, randomInt } from 'node:crypto';
import { plainSecret, type PlainSecret } from './secret-types.js';

/** The one source of randomness. Injected, so that tests can fix it; everything secret is made here. */
export abstract class RandomSource {
  abstract bytes(length: number): Uint8Array;

  /** A whole number from 0 to `limit` - 1, uniformly. */
  abstract below(limit: number): number;

  /** A link secret: 32 random bytes as 43 base64url characters (256 bit). */
  linkSecret(): PlainSecret {
    return plainSecret(Buffer.from(this.bytes(32)).toString('base64url'));
  }

  /** `length` characters drawn uniformly from `alphabet`. */
  text(length: number, alphabet: string): PlainSecret {
    let result = '';
    for (let i = 0; i < length; i++) result += alphabet[this.below(alphabet.length)];
    return plainSecret(result);
  }

  /** A PIN of `length` decimal digits. */
  digits(length: number): PlainSecret {
    return this.text(length, '0123456789');
  }
}

/** The operating system's generator. */
export class SystemRandomSource extends RandomSource {
  bytes(length: number): Uint8Array {
    return randomBytes(length);
  }

  below(limit: number): number {
    return randomInt(limit);
  }
}
