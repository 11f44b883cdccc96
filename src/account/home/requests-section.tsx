import type { JSX } from 'preact';
import type { LedgerEntry } from '../../core/requests/request-ledger.js';
import type { Language } from '../../core/web/language/languages.js';
import { Fact } from '../../core/web/page/facts.js';
import { Moment } from '../../core/web/page/moment.js';
import { AccountForm } from '../account-form.js';
import { REQUESTS_PATH } from '../account-paths.js';
import { requestName } from '../requests/request-names.js';
import { type AccountTexts, ACCOUNT_TEXTS } from '../texts/account-texts.js';
import { Entry, Section } from './section.js';

interface Props {
  readonly language: Language;
  readonly accountId: string;
  readonly requests: readonly LedgerEntry[];
  readonly csrf: string;
}

/** What was made for the person and could still be used, by whoever holds it. */
export function RequestsSection({ language, accountId, requests, csrf }: Props): JSX.Element {
  const texts = ACCOUNT_TEXTS[language].requests;
  return (
    <Section id="requests" title={texts.title} lead={requests.length > 0 ? texts.lead : texts.none}>
      {requests.length > 0 && (
        <ul class="holdings">
          {requests.map((request) => {
            const title = texts.names[requestName(request.purpose)];
            return (
              <Entry
                key={request.number}
                title={title}
                state={request.openedAt === null ? undefined : texts.opened}
                act={
                  <AccountForm
                    action={`${REQUESTS_PATH}/${request.number}/cancel`}
                    csrf={csrf}
                    button={texts.cancel}
                    subject={title}
                    look="deny"
                  />
                }
              >
                <Fact name={texts.by}>{creatorOf(request, accountId, texts)}</Fact>
                <Fact name={texts.made}>
                  <Moment at={request.createdAt} language={language} />
                </Fact>
                {request.openedAt === null && (
                  <Fact name={texts.until}>
                    <Moment at={request.expiresAt} language={language} />
                  </Fact>
                )}
              </Entry>
            );
          })}
        </ul>
      )}
    </Section>
  );
}

/** Whoever made it in words; somebody unknown by the address that they called from. */
function creatorOf(
  { createdBy, createdByAccountId, createdAddress }: LedgerEntry,
  accountId: string,
  texts: AccountTexts['requests'],
): string {
  if (createdByAccountId === accountId) return texts.yourself;
  if (createdBy === 'system') return texts.server;
  if (createdBy !== 'anonymous') return createdBy;
  return createdAddress === null ? texts.somebody : `${texts.somebody} (${createdAddress})`;
}
