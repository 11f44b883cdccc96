/**
 * The form in which names are compared: Unicode NFKC, lower case, trimmed, inner white space as one space. Two spellings
 * of one name share one row, one counter and one lock (attack class 28).
 */
export function foldName(name: string): string {
  return name.normalize('NFKC').trim().replace(/\s+/gu, ' ').toLowerCase().normalize('NFC');
}
