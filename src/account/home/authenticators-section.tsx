import type { JSX } from 'preact';
import type { Language } from '../../core/web/language/languages.js';
import { Fact } from '../../core/web/page/facts.js';
import { Moment } from '../../core/web/page/moment.js';
import { AccountForm } from '../account-form.js';
import { ADD_PATH, AUTHENTICATORS_PATH } from '../account-paths.js';
import { ACCOUNT_TEXTS } from '../texts/account-texts.js';
import type { OwnAuthenticator } from '../authenticators/own-authenticators.js';
import { authenticatorTitle, kindName } from '../authenticators/authenticator-title.js';
import { Entry, Section } from './section.js';

interface Props {
  readonly language: Language;
  readonly authenticators: readonly OwnAuthenticator[];
  /** CSRF value of the form that adds one. */
  readonly csrf: string;
}

/** What the person can show besides the password. */
export function AuthenticatorsSection({ language, authenticators, csrf }: Props): JSX.Element {
  const texts = ACCOUNT_TEXTS[language].authenticators;
  return (
    <Section id="authenticators" title={texts.title} lead={authenticators.length > 0 ? texts.lead : texts.none}>
      {authenticators.length > 0 && (
        <ul class="holdings">
          {authenticators.map(({ held: { token, assignment }, usable }) => {
            const title = authenticatorTitle(language, assignment);
            return (
              <Entry
                key={assignment.id}
                title={title}
                state={usable ? undefined : texts.notUsable}
                act={
                  <p class="holding-act">
                    <a href={`${AUTHENTICATORS_PATH}/${assignment.id}`}>
                      {texts.manage}
                      <span class="visually-hidden">: {title}</span>
                    </a>
                  </p>
                }
              >
                {assignment.name !== null && <Fact name={texts.kind}>{kindName(language, assignment)}</Fact>}
                <Fact name={texts.serial}>{token.serial}</Fact>
                <Fact name={texts.added}>
                  <Moment at={assignment.createdAt} language={language} />
                </Fact>
                <Fact name={texts.used}>
                  {assignment.lastUsedAt ? <Moment at={assignment.lastUsedAt} language={language} /> : texts.never}
                </Fact>
              </Entry>
            );
          })}
        </ul>
      )}
      <AccountForm action={ADD_PATH} csrf={csrf} button={texts.add} subject={texts.title} look="quiet" />
    </Section>
  );
}
