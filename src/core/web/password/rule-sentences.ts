import { nameParts } from '../../directory/name-parts.js';
import type { PasswordRules } from '../../directory/password-rules.js';
import type { Language } from '../language/languages.js';
import { writtenSpan } from '../language/moments.js';
import { SHARED_TEXTS } from '../texts/shared-texts.js';

/** How the browser can judge a rule while the person types; the script `judge-password.js` knows these. */
export type RuleCheck =
  | { readonly kind: 'min-length' | 'max-length'; readonly value: number }
  | { readonly kind: 'classes'; readonly value: number; readonly passphrase: number | undefined }
  | { readonly kind: 'not-name'; readonly names: readonly string[] }
  | { readonly kind: 'symbols'; readonly value: string };

export interface RuleSentence {
  readonly text: string;
  /** Absent when only the server can tell. */
  readonly check: RuleCheck | undefined;
}

/** A limit above this is no news to anybody who types. */
const NOTEWORTHY_MAX_LENGTH = 64;

/** The rules as one plain sentence each, those that can be ticked off first. */
export function ruleSentences(rules: PasswordRules, names: readonly string[], language: Language): RuleSentence[] {
  const texts = SHARED_TEXTS[language].password;
  const sentences: RuleSentence[] = [];
  const { minLength, maxLength, classes, passphraseLength, history, minAge } = rules;
  if (minLength) say(texts.minLength(minLength), { kind: 'min-length', value: minLength });
  if (maxLength && maxLength < NOTEWORTHY_MAX_LENGTH) {
    say(texts.maxLength(maxLength), { kind: 'max-length', value: maxLength });
  }
  if (classes && classes > 1) {
    const text = passphraseLength ? texts.classesOrLength(classes, passphraseLength) : texts.classes(classes);
    say(text, { kind: 'classes', value: classes, passphrase: passphraseLength });
  }
  if (rules.notName) say(texts.notName, { kind: 'not-name', names: nameParts(names) });
  if (rules.notCommon) say(texts.notCommon);
  if (history) say(texts.history(history));
  if (minAge) say(texts.minAge(writtenSpan(language, minAge)));
  return sentences;

  function say(text: string, check?: RuleCheck): void {
    sentences.push({ text, check });
  }
}
