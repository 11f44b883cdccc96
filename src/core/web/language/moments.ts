import { LOCALES, type Language } from './languages.js';

/**
 * Writes a moment out with its time zone named, e.g. "Thursday, 14 May 2026 at 16:30 CEST".
 *
 * @param timeZone IANA name; the server's own zone when absent
 */
export function writtenMoment(language: Language, moment: Date, timeZone?: string): string {
  return new Intl.DateTimeFormat(LOCALES[language], {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZoneName: 'short',
    ...(timeZone && { timeZone }),
  }).format(moment);
}

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Writes a span of time in one unit: days, hours or minutes, rounded down to the unit, at least one minute. */
export function writtenSpan(language: Language, seconds: number): string {
  const [unit, length] =
    seconds >= 2 * DAY || seconds === DAY
      ? (['day', DAY] as const)
      : seconds >= 2 * HOUR || seconds === HOUR
        ? (['hour', HOUR] as const)
        : (['minute', MINUTE] as const);
  const count = Math.max(1, Math.floor(seconds / length));
  return new Intl.NumberFormat(LOCALES[language], { style: 'unit', unit, unitDisplay: 'long' }).format(count);
}
