import type { JSX } from 'preact';
import { CSRF_FIELD } from '../csrf-tokens.js';
import { Card } from '../page/card.js';
import { Fact, Facts } from '../page/facts.js';
import { FieldError, ProblemSummary } from '../page/form-problems.js';
import type { Page } from '../page/page.js';
import { SEND_ONCE_SCRIPT } from '../page/scripts.js';
import { SHARED_TEXTS } from '../texts/shared-texts.js';
import type { Visit } from '../visit.js';
import { AccountName } from './account-name.js';

export const CURRENT_PASSWORD_FIELD = 'current';

/** Whose password is asked for. */
export interface AccountInQuestion {
  readonly login: string;
  readonly displayName: string;
  readonly domainName: string;
}

/** Why the form came back, in words. */
export interface CurrentPasswordProblems {
  /** 422 when it can be typed again at once, 429 after a while; 503 when only time helps. */
  readonly status: 422 | 429 | 503;
  /** Seconds after which another try makes sense. */
  readonly retryAfter?: number;
  readonly form?: readonly string[];
  readonly password?: readonly string[];
}

interface Props {
  readonly visit: Visit;
  /** The path that the form is sent to. */
  readonly action: string;
  /** What the person is doing, above the heading. */
  readonly service: string;
  /** Absent when the directory could not be asked; the form works all the same. */
  readonly account: AccountInQuestion | undefined;
  readonly csrf: string;
  readonly problems?: CurrentPasswordProblems | undefined;
}

/** The form for the password that a person has now; also what comes back when it was not right. */
export function currentPasswordPage({ visit, action, service, account, csrf, problems }: Props): Page {
  const shared = SHARED_TEXTS[visit.language];
  const texts = shared.currentPassword;
  const wrong = problems?.password ?? [];
  const heading = problems?.status === 503 ? shared.notYet : shared.problem;
  return {
    status: problems?.status ?? 200,
    title: problems ? shared.errorTitle(texts.title) : texts.title,
    ...(account && { organisation: account.domainName }),
    ...(problems?.retryAfter && { headers: { 'retry-after': String(problems.retryAfter) } }),
    scripts: [SEND_ONCE_SCRIPT],
    body: (
      <Card eyebrow={service} heading={texts.title}>
        <ProblemSummary
          heading={heading}
          general={problems?.form ?? []}
          fields={[{ field: CURRENT_PASSWORD_FIELD, problems: wrong }]}
        />
        <p class="lead">{texts.lead}</p>
        {account && (
          <Facts>
            <Fact name={texts.account}>
              {account.displayName === account.login ? account.login : `${account.displayName} (${account.login})`}
            </Fact>
          </Facts>
        )}
        <form method="post" action={visit.inline ? `${action}?inline=1` : action} novalidate>
          <input type="hidden" name={CSRF_FIELD} value={csrf} />
          {account && <AccountName login={account.login} />}
          <Entry label={texts.label} problems={wrong} />
          <button class="button" type="submit">
            {texts.proceed}
          </button>
        </form>
        <p class="aside">{texts.forgotten}</p>
      </Card>
    ),
  };
}

function Entry({ label, problems }: { readonly label: string; readonly problems: readonly string[] }): JSX.Element {
  const errorId = `${CURRENT_PASSWORD_FIELD}-error`;
  const invalid = problems.length > 0;
  return (
    <div class={invalid ? 'field field-invalid' : 'field'}>
      <label for={CURRENT_PASSWORD_FIELD}>{label}</label>
      <FieldError id={errorId} problems={problems} />
      <div class="entry">
        <input
          id={CURRENT_PASSWORD_FIELD}
          name={CURRENT_PASSWORD_FIELD}
          type="password"
          autocomplete="current-password"
          autocapitalize="none"
          spellcheck={false}
          required
          aria-invalid={invalid ? 'true' : undefined}
          aria-describedby={invalid ? errorId : undefined}
        />
      </div>
    </div>
  );
}
