import { type Language, LOCALES } from '../../core/web/language/languages.js';

/** `long` for mail, with the weekday and the year; `short` for SMS. */
export type InstantStyle = 'long' | 'short';

/** Russian puts the instant after "до", which a weekday's nominative does not follow. */
const WITH_WEEKDAY: Record<Language, boolean> = { en: true, de: true, fr: true, ru: false };

/** An instant in words, in local time with the zone's name, e.g. `Tuesday 4 August 2026 at 14:30 CEST`. */
export function formatInstant(instant: Date, language: Language, timeZone: string, style: InstantStyle): string {
  const long: Intl.DateTimeFormatOptions = {
    ...(WITH_WEEKDAY[language] ? { weekday: 'long' } : {}),
    day: 'numeric',
    month: 'long',
    year: 'numeric',
  };
  const short: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'short' };
  const text = new Intl.DateTimeFormat(LOCALES[language], {
    ...(style === 'long' ? long : short),
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone,
    timeZoneName: 'short',
  }).format(instant);
  // Narrow and non-breaking spaces would make an SMS twice as expensive and help nobody in a mail.
  return text.replace(/[\u00a0\u202f]/g, ' ');
}
