import type { JSX } from 'preact';
import { LANGUAGE_NAMES, LANGUAGES } from '../language/languages.js';
import type { SharedTexts } from '../texts/shared-texts.js';
import type { Visit } from '../visit.js';

interface Props {
  readonly visit: Visit;
  /** Query parameters that must stay, e.g. the link's secret. */
  readonly keep: Readonly<Record<string, string>>;
  readonly texts: SharedTexts;
}

/** Plain links to the same page in each language; they work without JavaScript and change nothing but the preference. */
export function LanguageSwitch({ visit, keep, texts }: Props): JSX.Element {
  const carried = { ...keep, ...(visit.inline && { inline: '1' }) };
  return (
    <nav class="languages" aria-label={texts.languages}>
      <ul>
        {LANGUAGES.map((language) => (
          <li key={language}>
            <a
              href={`?${new URLSearchParams({ ...carried, lang: language }).toString()}`}
              lang={language}
              hreflang={language}
              aria-current={language === visit.language ? 'true' : undefined}
            >
              {LANGUAGE_NAMES[language]}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
