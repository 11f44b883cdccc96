/**
 * Text that PostgreSQL and a terminal accept: NUL and other control characters become U+FFFD, lone surrogates too, and
 * what is longer than `longest` characters is cut.
 */
export function printable(text: string, longest: number): string {
  const clean = text.toWellFormed().replace(/\p{Cc}/gu, '\ufffd');
  return clean.length <= longest ? clean : `${clean.slice(0, longest - 1).toWellFormed()}…`;
}
