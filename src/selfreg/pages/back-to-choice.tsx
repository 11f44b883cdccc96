import type { JSX } from 'preact';
import type { Visit } from '../../core/web/visit.js';
import type { EnrolmentScope } from '../items.js';
import { CHOICE_PATH } from './site.js';
import { ENROLMENT_TEXTS } from './texts/enrolment-texts.js';

/** The way back, where the link leaves a choice. */
export function BackToChoice(props: { readonly visit: Visit; readonly scope: EnrolmentScope }): JSX.Element | null {
  const { visit, scope } = props;
  if (scope.item !== undefined) return null;
  return (
    <p class="aside">
      <a href={visit.inline ? `${CHOICE_PATH}?inline=1` : CHOICE_PATH}>{ENROLMENT_TEXTS[visit.language].back}</a>
    </p>
  );
}
