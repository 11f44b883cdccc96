/** A shorter part occurs in too many good passwords by chance. */
const SHORTEST = 3;

/**
 * The names and the parts of names that must not occur in a password, folded for comparison. Names are taken apart where
 * Active Directory does it ("Passwords must meet complexity requirements": comma, full stop, hyphen, underscore, space,
 * number sign, tab), so that our rule and the domain's are one sentence on the page.
 */
export function nameParts(names: readonly string[]): string[] {
  const parts = names
    .map((name) => name.normalize('NFKC').toLowerCase())
    .flatMap((name) => [name, ...name.split(/[\s,.\-_#]+/u)]);
  return [...new Set(parts)].filter((part) => part.length >= SHORTEST);
}
