import { createHash } from 'node:crypto';
import { PasswordHasher } from '../../src/core/crypto/password-hasher.js';
import type { PasswordHash, PlainSecret } from '../../src/core/crypto/secret-types.js';

/** A password hasher that costs nothing and tells how often a stored hash was looked at. For tests only. */
export class FastHasher extends PasswordHasher {
  /** Passwords that were compared with a stored hash, in order. */
  readonly evaluated: string[] = [];
  /** Passwords that were compared with nobody's. */
  readonly evaluatedForNobody: string[] = [];

  override hash(password: PlainSecret): Promise<PasswordHash> {
    return Promise.resolve(
      `$fast$${createHash('sha256').update(password.normalize('NFKC')).digest('hex')}` as PasswordHash,
    );
  }

  override async verify(stored: PasswordHash, password: PlainSecret): Promise<boolean> {
    this.evaluated.push(password);
    return stored === (await this.hash(password));
  }

  override verifyNobody(password: PlainSecret): Promise<false> {
    this.evaluatedForNobody.push(password);
    return Promise.resolve(false);
  }
}
