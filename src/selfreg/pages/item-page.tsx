import type { ComponentChildren } from 'preact';
import { Card, type SignKind } from '../../core/web/page/card.js';
import { type FieldProblems, ProblemSummary } from '../../core/web/page/form-problems.js';
import type { Page } from '../../core/web/page/page.js';
import { SEND_ONCE_SCRIPT } from '../../core/web/page/scripts.js';
import { SHARED_TEXTS } from '../../core/web/texts/shared-texts.js';
import type { ItemVisit } from '../enrolling/item-desk.js';
import type { ItemProblem } from './item-problem.js';
import { BackToChoice } from './back-to-choice.js';
import { ENROLMENT_TEXTS } from './texts/enrolment-texts.js';

interface Props {
  readonly item: Pick<ItemVisit, 'visit' | 'session'>;
  readonly title: string;
  readonly lead?: string;
  readonly problem?: ItemProblem | undefined;
  readonly scripts?: readonly string[];
  /** False where another script sends the form. */
  readonly sendOnce?: boolean;
  readonly sign?: SignKind;
  /** Whether there is still a way back to the choice. */
  readonly back?: boolean;
  readonly children: ComponentChildren;
}

/** One page of an item: its heading, what was refused, its forms, the way back. */
export function itemPage({ item, title, lead, problem, scripts = [], sign, children, ...rest }: Props): Page {
  const { sendOnce = true, back = true } = rest;
  const { visit, session } = item;
  const shared = SHARED_TEXTS[visit.language];
  const fields: FieldProblems[] = problem?.field ? [{ field: problem.field, problems: [problem.text] }] : [];
  return {
    status: problem ? 422 : 200,
    title: problem ? shared.errorTitle(title) : title,
    organisation: session.opened.found.domain.name,
    scripts: sendOnce ? [SEND_ONCE_SCRIPT, ...scripts] : scripts,
    body: (
      <Card eyebrow={ENROLMENT_TEXTS[visit.language].service} heading={title} {...(sign && { sign })}>
        <ProblemSummary
          heading={shared.problem}
          general={problem && !problem.field ? [problem.text] : []}
          fields={fields}
        />
        {lead !== undefined && <p class="lead">{lead}</p>}
        {children}
        {back && <BackToChoice visit={visit} scope={session.scope} />}
      </Card>
    ),
  };
}
