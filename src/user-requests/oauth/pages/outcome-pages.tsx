import { messagePage } from '../../../core/web/page/message-page.js';
import type { Page } from '../../../core/web/page/page.js';
import type { Visit } from '../../../core/web/visit.js';
import { logInFor } from './account-door.js';
import { OAUTH_TEXTS } from './texts/oauth-texts.js';

/** For a request token that nobody can grant: unknown, over, decided already. One page for all. */
export function endedPage({ language }: Visit): Page {
  const { title, texts } = OAUTH_TEXTS[language].ended;
  return messagePage({ status: 404, title, texts, sign: 'unlinked' });
}

/** For somebody whom the consumer does not work for. */
export function otherDomainPage(
  { language }: Visit,
  { consumer, here, login, path }: { consumer: string; here: string; login: string; path: string },
): Page {
  const { title, texts, link } = OAUTH_TEXTS[language].otherDomain;
  return messagePage({
    status: 403,
    title,
    texts: texts(consumer, here, login),
    sign: 'notice',
    children: (
      <p>
        <a class="button" href={logInFor(path)}>
          {link}
        </a>
      </p>
    ),
  });
}

/** You may return: after a grant whose consumer no browser can be led to. @param verifier to be typed there, if any */
export function grantedPage({ language }: Visit, consumer: string, verifier: string | undefined): Page {
  const { title, texts, carry } = OAUTH_TEXTS[language].granted;
  return messagePage({
    status: 200,
    title,
    texts: [...texts(consumer), ...(verifier === undefined ? [] : [carry(consumer)])],
    sign: 'done',
    children: verifier !== undefined && (
      <p class="secret">
        <code class="key">{verifier}</code>
      </p>
    ),
  });
}

export function deniedPage({ language }: Visit, consumer: string): Page {
  const { title, texts } = OAUTH_TEXTS[language].denied;
  return messagePage({ status: 200, title, texts: texts(consumer), sign: 'done' });
}
