import { LOCALES, type Language } from './languages.js';

/** The forms each language needs for whole numbers (CLDR plural rules); a missing one does not compile. */
interface NeededForms {
  readonly en: 'one' | 'other';
  readonly de: 'one' | 'other';
  readonly fr: 'one' | 'other';
  readonly ru: 'one' | 'few' | 'many';
}

export type PluralForms<L extends Language> = Readonly<Record<NeededForms[L], string>>;

/**
 * Makes the function that puts a number in front of the right form of its noun: `count(3, { one: 'hour', other: 'hours' })`
 * is "3 hours".
 */
export function counting<L extends Language>(language: L): (count: number, forms: PluralForms<L>) => string {
  const rules = new Intl.PluralRules(LOCALES[language]);
  const numbers = new Intl.NumberFormat(LOCALES[language]);
  return (count, forms) => {
    const known: Partial<Record<Intl.LDMLPluralRule, string>> = forms;
    // French and Russian have further forms for millions and for fractions, which no text here counts.
    const noun = known[rules.select(count)] ?? known.other ?? known.many ?? '';
    return `${numbers.format(count)}\u00a0${noun}`;
  };
}
