import type { DomainErrorCode } from '../../errors/domain-error.js';
import type { Language } from '../language/languages.js';
import { messagePage } from '../page/message-page.js';
import type { Page } from '../page/page.js';
import { SHARED_TEXTS } from '../texts/shared-texts.js';
import type { Visit } from '../visit.js';
import type { LinkSite } from './link-site.js';
import { OpenForm } from './open-form.js';
import { LINK_TEXTS } from './texts/link-texts.js';

/** The one page for every link that leads nowhere: unknown, used, expired, replaced, malformed (attack class 45). */
export function deadLinkPage(language: Language): Page {
  return messagePage({ status: 404, ...LINK_TEXTS[language].dead, sign: 'unlinked' });
}

/** The one page for every page session that is not there: none, unknown, idle, ended. */
export function endedSessionPage(texts: { readonly title: string; readonly texts: readonly string[] }): Page {
  return messagePage({ status: 404, ...texts, sign: 'notice' });
}

/** The link could not be opened for the moment. It is still good, and its secret must not get lost here. */
export function retryPage(site: LinkSite, visit: Visit, link: string, code: DomainErrorCode): Page {
  const texts = SHARED_TEXTS[visit.language];
  const { title, text } = code === 'directory-unavailable' ? texts.directoryUnavailable : texts.unavailable;
  return messagePage({
    status: 503,
    title,
    texts: [text],
    sign: 'pause',
    headers: { 'retry-after': '60' },
    children: <OpenForm site={site} visit={visit} link={link} label={texts.tryAgain} />,
  });
}
