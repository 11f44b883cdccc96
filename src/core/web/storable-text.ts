/**
 * A text that databases and directories store. NUL and lone surrogates make it none, so they are refused at the edge and
 * never become a fault further in (attack class 63).
 */
export function isStorableText(value: unknown): value is string {
  return typeof value === 'string' && value.isWellFormed() && !value.includes('\0');
}
