import type { JSX } from 'preact';
import { ICON, STYLE_SHEET, TOUCH_ICON } from '../assets.js';
import type { Page } from './page.js';
import { SHARED_TEXTS } from '../texts/shared-texts.js';
import type { Visit } from '../visit.js';
import { Brand } from './brand.js';
import { LanguageSwitch } from './language-switch.js';

interface Props {
  readonly page: Page;
  readonly visit: Visit;
  /** Whether the server runs in the embedded mode, which every page says. */
  readonly demo: boolean;
  /** The address of an asset. */
  readonly asset: (name: string) => string;
}

/** The whole document around a page's body. */
export function PageDocument({ page, visit, demo, asset }: Props): JSX.Element {
  const texts = SHARED_TEXTS[visit.language];
  const languages = <LanguageSwitch visit={visit} keep={page.keep ?? {}} texts={texts} />;
  const organisation = page.organisation ?? 'Latchkey';
  return (
    <html lang={visit.language}>
      <head>
        <meta charset="utf-8" />
        <title>{`${page.title} – ${organisation}`}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="theme-color" content="#f4f6f8" media="(prefers-color-scheme: light)" />
        <meta name="theme-color" content="#0f151b" media="(prefers-color-scheme: dark)" />
        <meta name="format-detection" content="telephone=no" />
        <meta name="robots" content="noindex, nofollow" />
        <link rel="icon" type="image/svg+xml" href={asset(ICON)} />
        {page.manifest && <link rel="manifest" href={page.manifest} />}
        {page.manifest && <link rel="apple-touch-icon" href={asset(TOUCH_ICON)} />}
        <link rel="stylesheet" href={asset(STYLE_SHEET)} />
        {page.scripts?.map((name) => (
          <script key={name} type="module" src={asset(name)} />
        ))}
      </head>
      <body class={visit.inline ? 'inline' : undefined}>
        <a class="skip" href="#content">
          {texts.skipToContent}
        </a>
        {!visit.inline && (
          <header>
            {demo && <p class="demo">{texts.demo}</p>}
            <div class="bar">
              <Brand name={organisation} />
              {languages}
            </div>
          </header>
        )}
        <main id="content" tabindex={-1}>
          {page.body}
        </main>
        <footer class="foot">{visit.inline ? languages : <p>{texts.secured}</p>}</footer>
      </body>
    </html>
  );
}
