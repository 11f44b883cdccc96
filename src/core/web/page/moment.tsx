import type { JSX } from 'preact';
import { LOCALES, type Language } from '../language/languages.js';
import { writtenMoment } from '../language/moments.js';

/** A moment in the server's time zone, which is named; `MOMENT_SCRIPT` puts it into the person's own. */
export function Moment({ at, language }: { readonly at: Date; readonly language: Language }): JSX.Element {
  return (
    <time datetime={at.toISOString()} data-local={LOCALES[language]}>
      {writtenMoment(language, at)}
    </time>
  );
}
