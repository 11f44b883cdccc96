import { createHash, timingSafeEqual } from 'node:crypto';

/**
 * The one comparison for secrets: constant time in the contents, and in the length too, because both sides are hashed
 * first. A missing side never equals anything, so "no secret" does not match "no secret".
 */
export function equalSecrets(a: string | null | undefined, b: string | null | undefined): boolean {
  if (a == null || b == null || a === '' || b === '') return false;
  return timingSafeEqual(sha256(a), sha256(b));
}

function sha256(value: string): Buffer {
  return createHash('sha256').update(value, 'utf8').digest();
}
