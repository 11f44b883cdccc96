/** Stands for a number that no code can show, so that comparing goes the same way. */
const NOT_SHOWN = -1;

const LARGEST_TRUNCATED = 0x7fff_ffff;

/**
 * Reads a code as it was typed: exactly `digits` ASCII digits, nothing around them. Anything else is refused before a
 * single HMAC is computed (authentication methods, section 6.1).
 *
 * @returns the number, -1 where it is one that no HMAC can give, or undefined for what is no such code
 */
export function readTypedCode(typed: string, digits: number): number | undefined {
  if (typed.length !== digits || !/^[0-9]+$/.test(typed)) return undefined;
  const value = Number(typed);
  return value > LARGEST_TRUNCATED ? NOT_SHOWN : value;
}
