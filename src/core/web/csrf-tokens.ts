import { Injectable } from '@nestjs/common';
import { equalSecrets } from '../crypto/equal-secrets.js';
import { KeyRing } from '../crypto/key-ring.js';
import type { PlainSecret } from '../crypto/secret-types.js';

/** The field of a form that carries the value. */
export const CSRF_FIELD = 'csrf';

/**
 * Values that prove that a form comes from the page we gave to this session: the keyed digest of the session's secret,
 * one for each form. Nothing is stored, and a value is good for nothing else (attack class 10).
 */
@Injectable()
export class CsrfTokens {
  constructor(private readonly keyRing: KeyRing) {}

  /** The value for the form named `form` in the session with this secret. */
  issue(session: PlainSecret, form: string): string {
    return this.keyRing.digest(session, purposeOf(form));
  }

  /** Whether `value` was issued for this form in this session, also under a master key that was rotated since. */
  accepts(session: PlainSecret, form: string, value: string): boolean {
    const good = this.keyRing.digests(session, purposeOf(form)).map((digest) => equalSecrets(digest, value));
    return good.includes(true);
  }
}

function purposeOf(form: string): string {
  return `csrf ${form}`;
}
