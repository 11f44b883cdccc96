/**
 * A string of JSON, or a comma that nothing but the end of an object or array follows. A string without an end goes on to
 * the end of the text, so that each character is looked at once.
 */
const STRING_OR_COMMA = /"(?:[^"\\]|\\.)*(?:"|$)|,(?=\s*[}\]])/gs;

/**
 * Text without commas before `}` and `]`, strings left alone: the published sample of `self_register_requests` has one
 * (iam-rest section 1, *trailing comma*).
 */
export function withoutTrailingCommas(text: string): string {
  return text.replace(STRING_OR_COMMA, (found) => (found === ',' ? '' : found));
}
