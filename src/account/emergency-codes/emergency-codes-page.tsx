import { Card } from '../../core/web/page/card.js';
import { Fact, Facts } from '../../core/web/page/facts.js';
import { ProblemSummary } from '../../core/web/page/form-problems.js';
import { Moment } from '../../core/web/page/moment.js';
import type { Page } from '../../core/web/page/page.js';
import { MOMENT_SCRIPT, SEND_ONCE_SCRIPT } from '../../core/web/page/scripts.js';
import { SHARED_TEXTS } from '../../core/web/texts/shared-texts.js';
import type { Visit } from '../../core/web/visit.js';
import type { EmergencyCodeSummary } from '../../tokens/kinds/emergency-code/emergency-codes.js';
import { AccountForm } from '../account-form.js';
import { EMERGENCY_CODES_PATH, HOME_PATH } from '../account-paths.js';
import { ACCOUNT_TEXTS } from '../texts/account-texts.js';

/** Why the form came back, in words. */
export interface EmergencyCodeProblems {
  readonly status: 422 | 429 | 503;
  /** Seconds after which another try makes sense. */
  readonly retryAfter?: number;
  readonly form: readonly string[];
}

interface Props {
  readonly visit: Visit;
  readonly domainName: string;
  /** Masked; undefined for who has none. */
  readonly address: string | undefined;
  /** Those that still work. */
  readonly codes: readonly EmergencyCodeSummary[];
  readonly csrf: string;
  readonly problems?: EmergencyCodeProblems | undefined;
}

/** What people have of emergency codes, and the button that has one sent. */
export function emergencyCodesPage({ visit, domainName, address, codes, csrf, problems }: Props): Page {
  const { language } = visit;
  const shared = SHARED_TEXTS[language];
  const { service, emergencyCodes: texts } = ACCOUNT_TEXTS[language];
  const last = codes.findLast(({ expires }) => expires !== null)?.expires;
  return {
    status: problems?.status ?? 200,
    title: problems ? shared.errorTitle(texts.title) : texts.title,
    organisation: domainName,
    ...(problems?.retryAfter && { headers: { 'retry-after': String(problems.retryAfter) } }),
    scripts: [MOMENT_SCRIPT, SEND_ONCE_SCRIPT],
    body: (
      <Card eyebrow={service} heading={texts.title}>
        <ProblemSummary
          heading={problems?.retryAfter ? shared.notYet : shared.problem}
          general={problems?.form ?? []}
          fields={[]}
        />
        <p class="lead">{texts.lead}</p>
        <Facts>
          <Fact name={texts.address}>{address ?? texts.noAddress}</Fact>
          <Fact name={texts.working}>{codes.length}</Fact>
          {last && (
            <Fact name={texts.until}>
              <Moment at={last} language={language} />
            </Fact>
          )}
        </Facts>
        {address !== undefined && <AccountForm action={EMERGENCY_CODES_PATH} csrf={csrf} button={texts.send} />}
        <p>{texts.keep}</p>
        <p class="aside">
          <a href={HOME_PATH}>{texts.back}</a>
        </p>
      </Card>
    ),
  };
}
