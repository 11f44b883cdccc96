/** Characters of the longest name. */
export const LONGEST_AUTHENTICATOR_NAME = 60;

/** What a person calls an authenticator, in one line and without what cannot be seen; empty when there is none. */
export function authenticatorName(typed: string): string {
  return typed
    .toWellFormed()
    .replaceAll(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .trim()
    .slice(0, LONGEST_AUTHENTICATOR_NAME)
    .toWellFormed();
}
