/** A moment as `yyyy-MM-dd'T'HH:mm:ss'Z'`, in UTC (authentication methods, section 2.4). */
export function wireDate(moment: Date): string {
  return `${moment.toISOString().slice(0, 19)}Z`;
}

/**
 * A passcode or activation code as it is checked: blanks and hyphens between its digits are dropped, since people are
 * shown groups of them (section 2.4). Whatever else it holds, it stays as it was sent.
 */
export function compactDigits(code: string): string {
  const compact = code.replaceAll(/[ -]/g, '');
  return /^[0-9]+$/.test(compact) ? compact : code;
}
