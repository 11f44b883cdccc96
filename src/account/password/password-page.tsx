import type { Page } from '../../core/web/page/page.js';
import { newPasswordPage, type PasswordForm } from '../../core/web/password/new-password-page.js';
import type { SubmissionProblems } from '../../core/web/password/submission-problems.js';
import type { Visit } from '../../core/web/visit.js';
import { HOME_PATH, PASSWORD_PATH } from '../account-paths.js';
import { ACCOUNT_TEXTS } from '../texts/account-texts.js';

interface Props {
  readonly visit: Visit;
  readonly form: PasswordForm | undefined;
  readonly csrf: string;
  readonly problems: SubmissionProblems | undefined;
}

/** The form for the new password, with what follows from it. */
export function passwordPage({ visit, form, csrf, problems }: Props): Page {
  const { service, password: texts } = ACCOUNT_TEXTS[visit.language];
  return newPasswordPage({
    visit,
    action: PASSWORD_PATH,
    texts: { service, ...texts },
    form,
    csrf,
    problems,
    below: (
      <>
        <p>{texts.before}</p>
        <p class="aside">
          <a href={HOME_PATH}>{texts.back}</a>
        </p>
      </>
    ),
  });
}
