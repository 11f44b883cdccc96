import { endedSessionPage } from '../../core/web/links/closed-pages.js';
import type { Page } from '../../core/web/page/page.js';
import type { Visit } from '../../core/web/visit.js';
import { PASSWORD_RESET_TEXTS } from './texts/password-reset-texts.js';

/** For every page session of a password reset that is not there. */
export function endedPage({ language }: Visit): Page {
  return endedSessionPage(PASSWORD_RESET_TEXTS[language].ended);
}
