import type { Language } from '../../../core/web/language/languages.js';
import { Card } from '../../../core/web/page/card.js';
import { messagePage } from '../../../core/web/page/message-page.js';
import type { Page } from '../../../core/web/page/page.js';
import type { Done } from '../outcome.js';
import { REQUEST_TEXTS } from './texts/request-texts.js';

/** Where people sign in, or ask for a new password. */
export const LOG_IN_PATH = '/account/login';

/** The one page for every request that is of no use: unknown, wrong, used, run out, replaced, locked (attack class 45). */
export function deadPage(language: Language, status: 200 | 410): Page {
  const { dead } = REQUEST_TEXTS[language];
  return messagePage({
    status,
    title: dead.title,
    texts: dead.texts,
    sign: 'unlinked',
    children: (
      <a class="button" href={LOG_IN_PATH}>
        {dead.logIn}
      </a>
    ),
  });
}

/** The receipt of a request whose link went to its person. It says the same whether there is such a person. */
export function receiptPage(language: Language): Page {
  const { title, texts } = REQUEST_TEXTS[language].receipt;
  return messagePage({ status: 200, title, texts, sign: 'notice' });
}

/** What a form has done. */
export function donePage(language: Language, { what, domainName, stillLocked }: Done): Page {
  const { done } = REQUEST_TEXTS[language];
  const texts = done[what];
  return {
    status: 200,
    title: texts.title,
    organisation: domainName,
    body: (
      <Card eyebrow={texts.service} heading={texts.title} sign={what === 'closed' ? 'notice' : 'done'}>
        <p class="lead">{texts.lead}</p>
        {stillLocked && <p class="notice">{done.stillLocked}</p>}
        <ul class="points">
          {texts.points.map((point) => (
            <li key={point}>{point}</li>
          ))}
        </ul>
        <a class="button" href={LOG_IN_PATH}>
          {done.logIn}
        </a>
      </Card>
    ),
  };
}
