const SPACE = /\s/;

/**
 * Text without commas before `}` and `]`, strings left alone: the published sample of `self_register_requests` has one
 * (iam-rest section 1, *trailing comma*). Looks at each character once, whatever the text.
 */
export function withoutTrailingCommas(text: string): string {
  let result = '';
  /** Where what is not taken over yet begins. */
  let rest = 0;
  /** The comma that nothing but space has followed so far. */
  let comma = -1;
  let inString = false;
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at);
    if (inString) {
      if (character === '\\') at += 1;
      else if (character === '"') inString = false;
    } else if (character === ',') {
      comma = at;
    } else if (!SPACE.test(character)) {
      if (comma >= 0 && (character === '}' || character === ']')) {
        result += text.slice(rest, comma);
        rest = comma + 1;
      }
      comma = -1;
      inString = character === '"';
    }
  }
  return result + text.slice(rest);
}
