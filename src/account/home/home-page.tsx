import type { JSX } from 'preact';
import { Card } from '../../core/web/page/card.js';
import { Fact, Facts } from '../../core/web/page/facts.js';
import { Moment } from '../../core/web/page/moment.js';
import type { Page } from '../../core/web/page/page.js';
import { MOMENT_SCRIPT, SEND_ONCE_SCRIPT } from '../../core/web/page/scripts.js';
import type { LedgerEntry } from '../../core/requests/request-ledger.js';
import { maskedRecipient } from '../../delivery/masked-recipient.js';
import type { Session } from '../../sessions/session.entity.js';
import type { AccountVisit } from '../account-desk.js';
import { AccountForm } from '../account-form.js';
import { EMERGENCY_CODES_PATH, PASSWORD_PATH, PIN_PATH, SIGN_OUT_PATH } from '../account-paths.js';
import type { OwnAuthenticator } from '../authenticators/own-authenticators.js';
import type { Notice } from '../done-notice.js';
import { ACCOUNT_TEXTS } from '../texts/account-texts.js';
import { AuthenticatorsSection } from './authenticators-section.js';
import { RequestsSection } from './requests-section.js';
import { SessionsSection } from './sessions-section.js';

/** The forms of the page, by what they are about. */
type HomeForm = 'sign-out' | 'add' | 'requests' | 'sessions';

interface Props {
  readonly account: AccountVisit;
  /** When the person logged in the time before, where that is known. */
  readonly before: Date | undefined;
  readonly authenticators: readonly OwnAuthenticator[];
  /** What this person may do besides. */
  readonly offers: { readonly pin: boolean; readonly emergencyCodes: boolean };
  readonly requests: readonly LedgerEntry[];
  readonly sessions: readonly Session[];
  readonly csrf: Readonly<Record<HomeForm, string>>;
  readonly notice: Notice | undefined;
}

/** Everything that a person has here. */
export function homePage(props: Props): Page {
  const { account, before, authenticators, offers, requests, sessions, csrf, notice } = props;
  const { language } = account.visit;
  const { home, notices } = ACCOUNT_TEXTS[language];
  const { domain } = account.found;
  return {
    status: 200,
    title: home.title,
    organisation: domain.name,
    scripts: [MOMENT_SCRIPT, SEND_ONCE_SCRIPT],
    body: (
      <>
        {notice && (
          <p class="notice" role="status">
            {notices[notice]}
          </p>
        )}
        <Card heading={home.title}>
          <Who account={account} before={before} />
          <div class="choices">
            <a class="button button-quiet" href={PASSWORD_PATH}>
              {home.changePassword}
            </a>
            {offers.pin && (
              <a class="button button-quiet" href={PIN_PATH}>
                {home.changePin}
              </a>
            )}
            {offers.emergencyCodes && (
              <a class="button button-quiet" href={EMERGENCY_CODES_PATH}>
                {home.emergencyCodes}
              </a>
            )}
            <AccountForm action={SIGN_OUT_PATH} csrf={csrf['sign-out']} button={home.signOut} look="quiet" />
          </div>
        </Card>
        <AuthenticatorsSection language={language} authenticators={authenticators} csrf={csrf.add} />
        <RequestsSection
          language={language}
          accountId={account.found.account.id}
          requests={requests}
          csrf={csrf.requests}
        />
        <SessionsSection language={language} sessions={sessions} current={account.session.id} csrf={csrf.sessions} />
      </>
    ),
  };
}

/** The addresses only as far as their owner knows them by: whoever looks over a shoulder learns neither. */
function Who({ account, before }: Pick<Props, 'account' | 'before'>): JSX.Element {
  const { language } = account.visit;
  const { home } = ACCOUNT_TEXTS[language];
  const { domain, person } = account.found;
  return (
    <Facts>
      <Fact name={home.name}>
        <strong>{person.displayName}</strong>
      </Fact>
      <Fact name={home.login}>{person.login}</Fact>
      <Fact name={home.domain}>{domain.name}</Fact>
      <Fact name={home.mail}>{person.mail ? maskedRecipient(person.mail) : home.none}</Fact>
      <Fact name={home.phone}>{person.mobile ? maskedRecipient(person.mobile) : home.none}</Fact>
      {before && (
        <Fact name={home.before}>
          <Moment at={before} language={language} />
        </Fact>
      )}
    </Facts>
  );
}
