import { endedSessionPage } from '../../core/web/links/closed-pages.js';
import type { Page } from '../../core/web/page/page.js';
import type { Visit } from '../../core/web/visit.js';
import { ENROLMENT_TEXTS } from './texts/enrolment-texts.js';

/** For every page session of an enrolment that is not there. */
export function endedPage({ language }: Visit): Page {
  return endedSessionPage(ENROLMENT_TEXTS[language].ended);
}
