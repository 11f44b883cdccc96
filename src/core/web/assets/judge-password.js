// What a page can tell about a password while it is typed. The server judges again and has the last word.

const CLASSES = [/\p{Ll}/u, /\p{Lu}|\p{Lt}/u, /\p{Nd}/u, /[^\p{Ll}\p{Lu}\p{Lt}\p{Nd}]/u];

/** Characters are counted as the server counts them: code points after NFKC. */
function lengthOf(text) {
  return Array.from(text).length;
}

const CHECKS = {
  'min-length': (text, { value }) => lengthOf(text) >= value,
  'max-length': (text, { value }) => lengthOf(text) <= value,
  classes: (text, { value, passphrase }) =>
    (passphrase > 0 && lengthOf(text) >= passphrase) || CLASSES.filter((kind) => kind.test(text)).length >= value,
  // Before NFKC, as the server looks at them.
  symbols: (_text, { value }, typed) => Array.from(typed).every((symbol) => value.includes(symbol)),
  'not-name': (text, { names }) => !names.some((name) => text.toLowerCase().includes(name)),
};

/** Whether a password meets one rule, as `RuleCheck` in rule-sentences.ts writes it. An empty one meets none. */
export function meets(check, password) {
  const text = password.normalize('NFKC');
  return text !== '' && CHECKS[check.kind](text, check, password);
}
