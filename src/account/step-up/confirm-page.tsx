import { writtenSpan } from '../../core/web/language/moments.js';
import { Card } from '../../core/web/page/card.js';
import { ProblemSummary } from '../../core/web/page/form-problems.js';
import { messagePage } from '../../core/web/page/message-page.js';
import type { Page } from '../../core/web/page/page.js';
import { SEND_ONCE_SCRIPT } from '../../core/web/page/scripts.js';
import { TextField } from '../../core/web/page/text-field.js';
import { AccountName } from '../../core/web/password/account-name.js';
import { SHARED_TEXTS } from '../../core/web/texts/shared-texts.js';
import type { Visit } from '../../core/web/visit.js';
import type { SessionProof } from '../../sessions/session.entity.js';
import { AccountForm } from '../account-form.js';
import { CONFIRM_PATH, HOME_PATH, TO } from '../account-paths.js';
import { ACCOUNT_TEXTS } from '../texts/account-texts.js';

export const PASSWORD_FIELD = 'password';

/** Why the form came back, in words. */
export interface ConfirmProblems {
  readonly status: 422 | 429 | 503;
  /** Seconds after which another try makes sense. */
  readonly retryAfter?: number;
  readonly form?: readonly string[];
  readonly password?: readonly string[];
}

interface Props {
  readonly visit: Visit;
  readonly login: string;
  readonly domainName: string;
  readonly owed: readonly SessionProof[];
  /** Minutes for which nobody is asked again. */
  readonly minutes: number;
  readonly to: string;
  readonly csrf: string;
  readonly problems?: ConfirmProblems | undefined;
}

/** Asks somebody who is signed in for the password, or leads on to the second factor. */
export function confirmPage({ visit, login, domainName, owed, minutes, to, csrf, problems }: Props): Page {
  const { language } = visit;
  const shared = SHARED_TEXTS[language];
  const { service, confirm: texts } = ACCOUNT_TEXTS[language];
  const needsPassword = owed.includes('password');
  const lead = !needsPassword ? texts.factor : owed.includes('second-factor') ? texts.both : texts.password;
  const wrong = problems?.password ?? [];
  return {
    status: problems?.status ?? 200,
    title: problems ? shared.errorTitle(texts.title) : texts.title,
    organisation: domainName,
    ...(problems?.retryAfter && { headers: { 'retry-after': String(problems.retryAfter) } }),
    keep: { [TO]: to },
    scripts: [SEND_ONCE_SCRIPT],
    body: (
      <Card eyebrow={service} heading={texts.title}>
        <ProblemSummary
          heading={problems?.retryAfter ? shared.notYet : shared.problem}
          general={problems?.form ?? []}
          fields={[{ field: PASSWORD_FIELD, problems: wrong }]}
        />
        <p class="lead">{lead}</p>
        <AccountForm action={CONFIRM_PATH} csrf={csrf} button={texts.button}>
          <input type="hidden" name={TO} value={to} />
          {needsPassword && <AccountName login={login} />}
          {needsPassword && (
            <TextField
              name={PASSWORD_FIELD}
              type="password"
              label={texts.label}
              autocomplete="current-password"
              problems={wrong}
            />
          )}
        </AccountForm>
        <p>{texts.lasts(writtenSpan(language, minutes * 60))}</p>
        <p class="aside">
          <a href={HOME_PATH}>{texts.back}</a>
        </p>
      </Card>
    ),
  };
}

/** For a second factor that is not asked for any more. */
export function endedPage({ language }: Visit): Page {
  const { title, texts, back } = ACCOUNT_TEXTS[language].ended;
  return messagePage({
    status: 404,
    title,
    texts,
    sign: 'notice',
    children: (
      <p>
        <a class="button" href={HOME_PATH}>
          {back}
        </a>
      </p>
    ),
  });
}
