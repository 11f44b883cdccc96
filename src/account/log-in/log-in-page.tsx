import { Card } from '../../core/web/page/card.js';
import { type FieldProblems, ProblemSummary } from '../../core/web/page/form-problems.js';
import { messagePage } from '../../core/web/page/message-page.js';
import type { Page } from '../../core/web/page/page.js';
import { SEND_ONCE_SCRIPT } from '../../core/web/page/scripts.js';
import { TextField } from '../../core/web/page/text-field.js';
import { SHARED_TEXTS } from '../../core/web/texts/shared-texts.js';
import type { Visit } from '../../core/web/visit.js';
import { APP_ROOT_PATH, FORGOTTEN_PATH, HOME_PATH, leadingOn, LOG_IN_PATH, TO } from '../account-paths.js';
import type { Notice } from '../done-notice.js';
import { ACCOUNT_TEXTS } from '../texts/account-texts.js';

export const DOMAIN_FIELD = 'domain';
export const LOGIN_FIELD = 'login';
export const PASSWORD_FIELD = 'password';

/** Why the form came back, in words. */
export interface LogInProblems {
  readonly status: 401 | 422 | 429 | 503;
  /** Seconds after which another try makes sense. */
  readonly retryAfter?: number;
  readonly form?: readonly string[];
  readonly fields?: readonly FieldProblems[];
}

interface Props {
  readonly visit: Visit;
  readonly domain: string;
  readonly login: string;
  readonly to: string;
  readonly notice?: Notice | undefined;
  readonly problems?: LogInProblems | undefined;
}

/** The log-in form; also what comes back when nobody was let in. */
export function logInPage({ visit, domain, login, to, notice, problems }: Props): Page {
  const { language } = visit;
  const shared = SHARED_TEXTS[language];
  const { service, logIn: texts, notices } = ACCOUNT_TEXTS[language];
  const fields = problems?.fields ?? [];
  const problemsOf = (name: string) => fields.find(({ field }) => field === name)?.problems ?? [];
  return {
    status: problems?.status ?? 200,
    title: problems ? shared.errorTitle(texts.title) : texts.title,
    ...(problems?.retryAfter && { headers: { 'retry-after': String(problems.retryAfter) } }),
    ...(to !== HOME_PATH && { keep: { [TO]: to } }),
    scripts: [SEND_ONCE_SCRIPT],
    body: (
      <Card eyebrow={service} heading={texts.title}>
        {notice && (
          <p class="notice" role="status">
            {notices[notice]}
          </p>
        )}
        <ProblemSummary
          heading={problems?.retryAfter ? shared.notYet : shared.problem}
          general={problems?.form ?? []}
          fields={fields}
        />
        <form method="post" action={LOG_IN_PATH} novalidate>
          <input type="hidden" name={TO} value={to} />
          <TextField
            name={DOMAIN_FIELD}
            label={texts.domain}
            value={domain}
            autocomplete="off"
            problems={problemsOf(DOMAIN_FIELD)}
          />
          <TextField
            name={LOGIN_FIELD}
            label={texts.login}
            value={login}
            autocomplete="username"
            problems={problemsOf(LOGIN_FIELD)}
          />
          <TextField
            name={PASSWORD_FIELD}
            type="password"
            label={texts.password}
            autocomplete="current-password"
            problems={problemsOf(PASSWORD_FIELD)}
          />
          <button class="button" type="submit">
            {texts.button}
          </button>
        </form>
        <p class="aside">
          <a href={APP_ROOT_PATH}>{texts.forgotten}</a>
        </p>
      </Card>
    ),
  };
}

/** For a right password that lets nobody in any more: the way out. */
export function notAnyMorePage({ language }: Visit, to: string): Page {
  const { title, texts, link, back } = ACCOUNT_TEXTS[language].notAnyMore;
  return messagePage({
    status: 403,
    title,
    texts,
    sign: 'pause',
    children: (
      <>
        <p>
          <a class="button" href={FORGOTTEN_PATH}>
            {link}
          </a>
        </p>
        <p class="aside">
          <a href={leadingOn(LOG_IN_PATH, to)}>{back}</a>
        </p>
      </>
    ),
  });
}
