import type { JSX } from 'preact';
import { CSRF_FIELD } from '../../core/web/csrf-tokens.js';
import { Card } from '../../core/web/page/card.js';
import { Fact, Facts } from '../../core/web/page/facts.js';
import { ProblemSummary } from '../../core/web/page/form-problems.js';
import type { Page } from '../../core/web/page/page.js';
import { PASSWORD_SCRIPT } from '../../core/web/page/scripts.js';
import { PASSWORD_FIELD, PasswordFields, REPEATED_FIELD } from '../../core/web/password/password-fields.js';
import { RuleList } from '../../core/web/password/rule-list.js';
import { SHARED_TEXTS } from '../../core/web/texts/shared-texts.js';
import type { Visit } from '../../core/web/visit.js';
import type { PasswordForm } from '../password-reset-pages.js';
import { PASSWORD_PATH } from './paths.js';
import type { SubmissionProblems } from '../../core/web/password/submission-problems.js';
import { PASSWORD_RESET_TEXTS } from './texts/password-reset-texts.js';

interface Props {
  readonly visit: Visit;
  /** Absent when the directory could not be asked; the form works all the same. */
  readonly form: PasswordForm | undefined;
  readonly csrf: string;
  /** What was wrong with the submission before. */
  readonly problems?: SubmissionProblems;
}

/** The form for the new password; also what comes back when one was refused. */
export function passwordPage({ visit, form, csrf, problems }: Props): Page {
  const { language } = visit;
  const shared = SHARED_TEXTS[language];
  const texts = PASSWORD_RESET_TEXTS[language];
  const title = texts.password.title;
  const heading = problems?.status === 503 ? shared.notYet : shared.problem;
  const fields = [
    { field: PASSWORD_FIELD, problems: problems?.password ?? [] },
    { field: REPEATED_FIELD, problems: problems?.repeated ?? [] },
  ];
  return {
    status: problems?.status ?? 200,
    title: problems ? shared.errorTitle(title) : title,
    ...(form && { organisation: form.domainName }),
    ...(problems?.status === 503 && { headers: { 'retry-after': '60' } }),
    scripts: [PASSWORD_SCRIPT],
    body: (
      <Card eyebrow={texts.service} heading={title}>
        <ProblemSummary heading={heading} general={problems?.form ?? []} fields={fields} />
        {form && (
          <Facts>
            <Fact name={texts.password.account}>
              {form.displayName === form.login ? form.login : `${form.displayName} (${form.login})`}
            </Fact>
          </Facts>
        )}
        <form
          method="post"
          action={visit.inline ? `${PASSWORD_PATH}?inline=1` : PASSWORD_PATH}
          novalidate
          data-password-form
        >
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
            {texts.password.save}
          </button>
        </form>
      </Card>
    ),
  };
}

/** Tells password managers whose password this is. Nobody else needs it, and the server does not read it. */
function AccountName({ login }: { readonly login: string }): JSX.Element {
  return (
    <input
      class="visually-hidden"
      type="text"
      name="username"
      autocomplete="username"
      value={login}
      readonly
      tabindex={-1}
      aria-hidden="true"
    />
  );
}
