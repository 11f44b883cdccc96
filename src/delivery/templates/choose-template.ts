import { DEFAULT_LANGUAGE, isLanguage, type Language } from '../../core/web/language/languages.js';
import type { MessagePurpose } from '../outbox.js';
import { CATALOGUE } from './catalogue.js';
import type { Overrides } from './template-settings.js';
import type { MailText, MessageTemplate } from './template.js';

/** A text with the language that its frame, dates and `lang` attribute are written in. */
export interface Chosen<T> {
  readonly language: Language;
  readonly template: T;
}

interface Wish {
  readonly purpose: MessagePurpose;
  /** BCP 47 tag, e.g. `de-AT`. */
  readonly language: string | undefined;
  readonly defaultLanguage: Language;
}

/** The nearest mail text: the exact language, its base, the default language, English; the operator's before ours. */
export function chooseMail(wish: Wish, overrides: Overrides<MailText>): Chosen<MailText & { button?: string }> {
  return choose(
    wish,
    overrides,
    ({ mail }) => mail,
    (text, shipped) => ({ ...shipped.mail, ...text }),
  );
}

/** The nearest SMS text; the same order. */
export function chooseSms(wish: Wish, overrides: Overrides<string>): Chosen<string> {
  return choose(
    wish,
    overrides,
    ({ sms }) => sms,
    (text) => text,
  );
}

function choose<T, R>(
  { purpose, language, defaultLanguage }: Wish,
  overrides: Overrides<T>,
  shippedText: (template: MessageTemplate) => R,
  own: (text: T, shipped: MessageTemplate) => R,
): Chosen<R> {
  const texts = new Map(Object.entries(overrides[purpose] ?? {}).map(([tag, text]) => [tag.toLowerCase(), text]));
  const shipped = CATALOGUE[purpose].languages;
  for (const tag of candidates(language, defaultLanguage)) {
    const base = tag.split('-')[0] ?? '';
    const frame = isLanguage(base) ? base : defaultLanguage;
    const text = texts.get(tag);
    if (text !== undefined) return { language: frame, template: own(text, shipped[frame]) };
    if (isLanguage(tag)) return { language: tag, template: shippedText(shipped[tag]) };
  }
  return { language: DEFAULT_LANGUAGE, template: shippedText(shipped[DEFAULT_LANGUAGE]) };
}

/**
 * `de-CH-1996` -> `de-ch-1996`, `de-ch`, `de`, then the default language, then English (RFC 4647 section 3.4). Of a list
 * with weights, which directories may hold (RFC 2798 section 2.7), the first counts.
 */
function candidates(language: string | undefined, defaultLanguage: Language): string[] {
  const first = (language ?? '').split(/[,;]/)[0] ?? '';
  const parts = first.trim().toLowerCase().split(/[-_]/).filter(Boolean);
  const narrowing = parts.map((_, index) => parts.slice(0, parts.length - index).join('-'));
  return [...narrowing, defaultLanguage, DEFAULT_LANGUAGE];
}
