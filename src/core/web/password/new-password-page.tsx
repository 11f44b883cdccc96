import type { ComponentChildren } from 'preact';
import type { PasswordRules } from '../../directory/password-rules.js';
import { CSRF_FIELD } from '../csrf-tokens.js';
import { Card } from '../page/card.js';
import { Fact, Facts } from '../page/facts.js';
import { ProblemSummary } from '../page/form-problems.js';
import type { Page } from '../page/page.js';
import { PASSWORD_SCRIPT } from '../page/scripts.js';
import { SHARED_TEXTS } from '../texts/shared-texts.js';
import type { Visit } from '../visit.js';
import { AccountName } from './account-name.js';
import { PASSWORD_FIELD, PasswordFields, REPEATED_FIELD } from './password-fields.js';
import { RuleList } from './rule-list.js';
import type { SubmissionProblems } from './submission-problems.js';

/** Whose new password is asked for, and what it needs. */
export interface PasswordForm {
  readonly login: string;
  readonly displayName: string;
  readonly domainName: string;
  /** Our rules and the directory's, the stricter of each. */
  readonly rules: PasswordRules;
}

/** What differs from one occasion for a new password to the next. */
export interface PasswordPageTexts {
  readonly service: string;
  readonly title: string;
  /** Name of the fact that says whose password it is. */
  readonly account: string;
  /** The button. */
  readonly save: string;
}

interface Props {
  readonly visit: Visit;
  /** The path that the form is sent to. */
  readonly action: string;
  readonly texts: PasswordPageTexts;
  /** Absent when the directory could not be asked; the form works all the same. */
  readonly form: PasswordForm | undefined;
  readonly csrf: string;
  /** What was wrong with the submission before. */
  readonly problems?: SubmissionProblems | undefined;
  /** What else is to be said, below the form. */
  readonly below?: ComponentChildren;
}

/** The form for the new password; also what comes back when one was refused. */
export function newPasswordPage({ visit, action, texts, form, csrf, problems, below }: Props): Page {
  const { language } = visit;
  const shared = SHARED_TEXTS[language];
  const heading = problems?.retryAfter ? shared.notYet : shared.problem;
  const fields = [
    { field: PASSWORD_FIELD, problems: problems?.password ?? [] },
    { field: REPEATED_FIELD, problems: problems?.repeated ?? [] },
  ];
  return {
    status: problems?.status ?? 200,
    title: problems ? shared.errorTitle(texts.title) : texts.title,
    ...(form && { organisation: form.domainName }),
    ...(problems?.retryAfter && { headers: { 'retry-after': String(problems.retryAfter) } }),
    scripts: [PASSWORD_SCRIPT],
    body: (
      <Card eyebrow={texts.service} heading={texts.title}>
        <ProblemSummary heading={heading} general={problems?.form ?? []} fields={fields} />
        {form && (
          <Facts>
            <Fact name={texts.account}>
              {form.displayName === form.login ? form.login : `${form.displayName} (${form.login})`}
            </Fact>
          </Facts>
        )}
        <form method="post" action={visit.inline ? `${action}?inline=1` : action} novalidate data-password-form>
          <input type="hidden" name={CSRF_FIELD} value={csrf} />
          {form && <AccountName login={form.login} />}
          <RuleList rules={form?.rules} names={form ? [form.login, form.displayName] : []} language={language} />
          <PasswordFields
            rules={form?.rules}
            language={language}
            passwordProblems={problems?.password ?? []}
            repeatedProblems={problems?.repeated ?? []}
          />
          <button class="button" type="submit">
            {texts.save}
          </button>
        </form>
        {below}
      </Card>
    ),
  };
}
