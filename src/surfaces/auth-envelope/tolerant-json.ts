/** What follows each other in a tolerant text: a string, a comment, a bare word, a number, blanks, any other character. */
const PARTS =
  /"(?:[^"\\]|\\[^])*"?|\/\/[^\n\r]*|\/\*(?:[^]*?\*\/|[^]*)|[\p{L}_$][\p{L}\p{N}_$.-]*|[0-9-][0-9.eE+-]*|\s+|[^]/gu;
const COMMENT = /^(?:\/\/|\/\*[^]*\*\/$)/;
const NAME = /^[\p{L}_$]/u;
const LITERALS: ReadonlySet<string> = new Set(['true', 'false', 'null']);

/**
 * Turns the examples of the published documentation into JSON (authentication methods, section 1.1): comments go, names
 * get their quotation marks, a comma before a closing bracket goes. Everything else stays, right or wrong, for the strict
 * reader to judge, so that duplicate names, depth and numbers are held to the same rules.
 */
export function strictFromTolerant(text: string): string {
  const tokens = (text.match(PARTS) ?? []).filter((part) => part.trim() !== '' && !COMMENT.test(part));
  return tokens
    .filter((token, index) => !(token === ',' && isTrailing(tokens[index - 1], tokens[index + 1])))
    .map((token) => (NAME.test(token) && !LITERALS.has(token) ? JSON.stringify(token) : token))
    .join(' ');
}

/** Whether a comma between these two stands behind the last member of something. */
function isTrailing(before = ',', after = ''): boolean {
  return /^[\]}]$/.test(after) && !/^[,[{]$/.test(before);
}
