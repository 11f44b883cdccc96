import { Card } from '../../core/web/page/card.js';
import type { Page } from '../../core/web/page/page.js';
import type { Language } from '../../core/web/language/languages.js';
import type { ResetOutcome } from '../password-reset-pages.js';
import { PASSWORD_RESET_TEXTS } from './texts/password-reset-texts.js';

/** The password is set. */
export function donePage(language: Language, { domainName, stillLocked }: ResetOutcome): Page {
  const texts = PASSWORD_RESET_TEXTS[language];
  return {
    status: 200,
    title: texts.done.title,
    organisation: domainName,
    body: (
      <Card eyebrow={texts.service} heading={texts.done.title} sign="done">
        <p class="lead">{texts.done.lead}</p>
        {stillLocked && <p class="notice">{texts.done.stillLocked}</p>}
        <h2>{texts.done.nextHeading}</h2>
        <ul class="points">
          <li>{texts.done.devices}</li>
          <li>{texts.done.links}</li>
          <li>{texts.done.notice}</li>
        </ul>
        <p class="aside">{texts.done.close}</p>
      </Card>
    ),
  };
}
