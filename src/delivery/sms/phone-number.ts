/** What people put between the digits for the eye, the optional trunk zero of `+49 (0)30` included. */
const DECORATION = /\(0\)|[\s\-./()\u00a0\u2010-\u2015]/gu;
const E164 = /^\+[1-9]\d{6,14}$/;

/**
 * A telephone number in the form of ITU-T E.164: a plus sign and at most 15 digits, country code first. A leading `00`
 * counts as the plus sign.
 *
 * @returns undefined when the text is no international number; national ones are not guessed at
 */
export function e164(number: string): string | undefined {
  const digits = number.trim().replace(DECORATION, '').replace(/^00/, '+');
  return E164.test(digits) ? digits : undefined;
}
