import { Card } from '../../core/web/page/card.js';
import { ProblemSummary } from '../../core/web/page/form-problems.js';
import type { Page } from '../../core/web/page/page.js';
import { SEND_ONCE_SCRIPT } from '../../core/web/page/scripts.js';
import { TextField } from '../../core/web/page/text-field.js';
import { SHARED_TEXTS } from '../../core/web/texts/shared-texts.js';
import type { Visit } from '../../core/web/visit.js';
import { LONGEST_PIN, SHORTEST_PIN } from '../../tokens/kinds/pin-code/pin-code.js';
import { AccountForm } from '../account-form.js';
import { HOME_PATH, PIN_PATH } from '../account-paths.js';
import { ACCOUNT_TEXTS } from '../texts/account-texts.js';

export const PIN_FIELD = 'pin';
export const AGAIN_FIELD = 'again';

/** Why the form came back, in words. */
export interface PinProblems {
  readonly status: 422 | 429 | 503;
  /** Seconds after which another try makes sense. */
  readonly retryAfter?: number;
  readonly form?: readonly string[];
  readonly pin?: readonly string[];
  readonly again?: readonly string[];
}

interface Props {
  readonly visit: Visit;
  readonly domainName: string;
  readonly csrf: string;
  readonly problems?: PinProblems | undefined;
}

/** The form for the new PIN code. */
export function pinPage({ visit, domainName, csrf, problems }: Props): Page {
  const { language } = visit;
  const shared = SHARED_TEXTS[language];
  const { service, pin: texts } = ACCOUNT_TEXTS[language];
  const [pin, again] = [problems?.pin ?? [], problems?.again ?? []];
  return {
    status: problems?.status ?? 200,
    title: problems ? shared.errorTitle(texts.title) : texts.title,
    organisation: domainName,
    ...(problems?.retryAfter && { headers: { 'retry-after': String(problems.retryAfter) } }),
    scripts: [SEND_ONCE_SCRIPT],
    body: (
      <Card eyebrow={service} heading={texts.title}>
        <ProblemSummary
          heading={problems?.retryAfter ? shared.notYet : shared.problem}
          general={problems?.form ?? []}
          fields={[
            { field: PIN_FIELD, problems: pin },
            { field: AGAIN_FIELD, problems: again },
          ]}
        />
        <p class="lead">{texts.lead}</p>
        <AccountForm action={PIN_PATH} csrf={csrf} button={texts.save}>
          <TextField
            name={PIN_FIELD}
            type="password"
            label={texts.label}
            hint={texts.hint(SHORTEST_PIN, LONGEST_PIN)}
            autocomplete="off"
            problems={pin}
          />
          <TextField name={AGAIN_FIELD} type="password" label={texts.again} autocomplete="off" problems={again} />
        </AccountForm>
        <p>{texts.before}</p>
        <p class="aside">
          <a href={HOME_PATH}>{texts.back}</a>
        </p>
      </Card>
    ),
  };
}
