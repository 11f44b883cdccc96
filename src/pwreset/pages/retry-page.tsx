import type { DomainErrorCode } from '../../core/errors/domain-error.js';
import { messagePage } from '../../core/web/page/message-page.js';
import type { Page } from '../../core/web/page/page.js';
import { SHARED_TEXTS } from '../../core/web/texts/shared-texts.js';
import type { Visit } from '../../core/web/visit.js';
import { OpenForm } from './open-form.js';

/** The link could not be opened for the moment. It is still good, and its secret must not get lost here. */
export function retryPage(visit: Visit, link: string, code: DomainErrorCode): Page {
  const texts = SHARED_TEXTS[visit.language];
  const { title, text } = code === 'directory-unavailable' ? texts.directoryUnavailable : texts.unavailable;
  return messagePage({
    status: 503,
    title,
    texts: [text],
    sign: 'pause',
    headers: { 'retry-after': '60' },
    children: <OpenForm visit={visit} link={link} label={texts.tryAgain} />,
  });
}
