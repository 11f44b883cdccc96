/** Names of browsers, the more special ones first: most call themselves by the names of others, too. */
const BROWSERS: readonly (readonly [RegExp, string])[] = [
  [/\bEdg(?:A|iOS)?\//, 'Edge'],
  [/\bOPR\//, 'Opera'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\b(?:Firefox|FxiOS)\//, 'Firefox'],
  [/\b(?:Chrome|Chromium|CriOS|HeadlessChrome)\//, 'Chrome'],
  [/\bVersion\/[\d.]+ (?:Mobile\/\S+ )?Safari\//, 'Safari'],
];

const SYSTEMS: readonly (readonly [RegExp, string])[] = [
  [/\biPhone\b/, 'iPhone'],
  [/\biPad\b/, 'iPad'],
  [/\bAndroid\b/, 'Android'],
  [/\bWindows\b/, 'Windows'],
  [/\bMac OS X\b/, 'macOS'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bLinux\b/, 'Linux'],
];

/** Characters of a name that is shown as it came. */
const LONGEST = 60;

/** A client in words, from what it calls itself (RFC 9110 section 10.1.5); it may say what it likes. */
export interface ClientName {
  /** Absent when it says nothing. */
  readonly program: string | undefined;
  readonly system: string | undefined;
}

export function clientNameOf(userAgent: string | null): ClientName {
  const text = userAgent ?? '';
  const named = (names: typeof BROWSERS) => names.find(([pattern]) => pattern.test(text))?.[1];
  const browser = named(BROWSERS);
  if (browser !== undefined) return { program: browser, system: named(SYSTEMS) };
  const shown = text.trim().slice(0, LONGEST).toWellFormed();
  return { program: shown === '' ? undefined : shown, system: undefined };
}
