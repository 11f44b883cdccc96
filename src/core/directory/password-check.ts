import { dictionary } from '@zxcvbn-ts/language-common';
import type { DomainErrorCode, DomainErrorParams } from '../errors/domain-error.js';
import type { PlainSecret } from '../crypto/secret-types.js';
import { nameParts } from './name-parts.js';
import type { OwnPasswordPolicy } from './password-policy.js';

/** One rule that a new password breaks. */
export interface PasswordRefusal {
  readonly code: Extract<DomainErrorCode, `password-${string}`>;
  readonly params: DomainErrorParams;
}

/** The person's own words, which must not occur in the password, or be it. */
export interface PasswordContext {
  readonly login: string;
  readonly displayName?: string;
  /** Name of the domain. Only the whole password must not be it: parts of it are ordinary words. */
  readonly domain?: string;
}

const COMMON: ReadonlySet<string> = new Set(dictionary['passwords-common']);

/**
 * Checks a new password against our own policy and names every rule that it breaks. Characters are counted as code
 * points after NFKC, as they are hashed (NIST SP 800-63B section 5.1.1.2).
 */
export function passwordRefusals(
  policy: OwnPasswordPolicy,
  password: PlainSecret,
  context: PasswordContext,
): PasswordRefusal[] {
  const text = password.normalize('NFKC');
  const length = Array.from(text).length;
  const folded = text.toLowerCase();
  const refusals: PasswordRefusal[] = [];
  if (length < policy.min_length) refuse('password-too-short', { min: policy.min_length });
  if (length > policy.max_length) refuse('password-too-long', { max: policy.max_length });
  const passphrase = policy.passphrase_length > 0 && length >= policy.passphrase_length;
  if (!passphrase && characterClasses(text) < policy.classes)
    refuse('password-too-simple', { classes: policy.classes });
  const names = nameParts([context.login, context.displayName ?? '']);
  if (policy.not_login && names.some((name) => folded.includes(name))) refuse('password-contains-name', {});
  if (
    (policy.not_common && (COMMON.has(folded) || foldWord(context.domain ?? '') === folded)) ||
    policy.blocked.some((word) => foldWord(word) === folded)
  ) {
    refuse('password-too-common', {});
  }
  return refusals;

  function refuse(code: PasswordRefusal['code'], params: DomainErrorParams): void {
    refusals.push({ code, params });
  }
}

function foldWord(word: string): string {
  return word.normalize('NFKC').toLowerCase();
}

/** How many of the classes lower case, upper case, digit and other occur. */
export function characterClasses(text: string): number {
  return [/\p{Ll}/u, /\p{Lu}|\p{Lt}/u, /\p{Nd}/u, /[^\p{Ll}\p{Lu}\p{Lt}\p{Nd}]/u].filter((kind) => kind.test(text))
    .length;
}
