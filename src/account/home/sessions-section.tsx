import type { JSX } from 'preact';
import type { Language } from '../../core/web/language/languages.js';
import { Fact } from '../../core/web/page/facts.js';
import { Moment } from '../../core/web/page/moment.js';
import type { Session } from '../../sessions/session.entity.js';
import { AccountForm } from '../account-form.js';
import { END_OTHERS_PATH, SESSIONS_PATH } from '../account-paths.js';
import { clientNameOf } from '../sessions/client-name.js';
import { type AccountTexts, ACCOUNT_TEXTS } from '../texts/account-texts.js';
import { Entry, Section } from './section.js';

interface Props {
  readonly language: Language;
  readonly sessions: readonly Session[];
  /** The one that this page is shown in. */
  readonly current: string;
  readonly csrf: string;
}

/** Where the person is signed in. */
export function SessionsSection({ language, sessions, current, csrf }: Props): JSX.Element {
  const texts = ACCOUNT_TEXTS[language].sessions;
  const others = sessions.filter(({ id }) => id !== current);
  const inOrder = [...sessions.filter(({ id }) => id === current), ...others];
  return (
    <Section id="sessions" title={texts.title} lead={texts.lead}>
      <ul class="holdings">
        {inOrder.map((session) => {
          const title = titleOf(session, texts);
          return (
            <Entry
              key={session.id}
              title={title}
              state={session.id === current ? texts.this : undefined}
              act={
                session.id !== current && (
                  <AccountForm
                    action={`${SESSIONS_PATH}/${session.id}/end`}
                    csrf={csrf}
                    button={texts.end}
                    subject={`${title}, ${session.clientAddress}`}
                    look="deny"
                  />
                )
              }
            >
              <Fact name={texts.address}>{session.clientAddress}</Fact>
              <Fact name={texts.begun}>
                <Moment at={session.createdAt} language={language} />
              </Fact>
              <Fact name={texts.used}>
                <Moment at={session.lastUsedAt} language={language} />
              </Fact>
            </Entry>
          );
        })}
      </ul>
      {others.length > 0 && <AccountForm action={END_OTHERS_PATH} csrf={csrf} button={texts.endOthers} look="quiet" />}
    </Section>
  );
}

function titleOf({ kind, clientName }: Session, texts: AccountTexts['sessions']): string {
  const { program, system } = clientNameOf(clientName);
  if (program === undefined) return kind === 'bearer' ? texts.program : texts.unknown;
  return system === undefined ? program : texts.on(program, system);
}
