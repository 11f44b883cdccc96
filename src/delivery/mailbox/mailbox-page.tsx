import type { JSX } from 'preact';
import type { Language } from '../../core/web/language/languages.js';
import { Card } from '../../core/web/page/card.js';
import { Moment } from '../../core/web/page/moment.js';
import type { Page } from '../../core/web/page/page.js';
import { securityHeaders } from '../../core/web/security-headers.js';
import type { Visit } from '../../core/web/visit.js';
import type { MailboxMessage } from './mailbox-message.entity.js';
import { MAILBOX_TEXTS } from './mailbox-texts.js';

export const MAILBOX_PATH = '/dev/mailbox';
export const STYLE_PATH = `${MAILBOX_PATH}.css`;

/** Messages shown open: as many as one call may send. */
const OPEN = 2;

const WEB_ADDRESS = /(https?:\/\/\S+)/;

/** The messages, newest first; mails in frames that run nothing. */
export function mailboxPage(visit: Visit, messages: readonly MailboxMessage[]): Page {
  const texts = MAILBOX_TEXTS[visit.language];
  return {
    status: 200,
    title: texts.title,
    headers: {
      'content-security-policy': `${securityHeaders(visit)['content-security-policy']}; frame-src 'self'`,
    },
    body: (
      <>
        <link rel="stylesheet" href={STYLE_PATH} />
        <Card heading={texts.title}>
          <p>{messages.length > 0 ? texts.intro : texts.empty}</p>
          {messages.length > 0 && (
            <form method="post" action={`${MAILBOX_PATH}/clear`}>
              <button class="button" type="submit">
                {texts.clear}
              </button>
            </form>
          )}
        </Card>
        <ol class="letters">
          {messages.map((message, index) => (
            <Letter key={message.id} message={message} open={index < OPEN} language={visit.language} />
          ))}
        </ol>
      </>
    ),
  };
}

interface LetterProps {
  readonly message: MailboxMessage;
  readonly open: boolean;
  readonly language: Language;
}

function Letter({ message, open, language }: LetterProps): JSX.Element {
  const texts = MAILBOX_TEXTS[language];
  const plain = (
    <pre>
      <Linked text={message.text} />
    </pre>
  );
  return (
    <li class="letter">
      <details open={open}>
        <summary>
          <span class="channel">{message.channel === 'MAIL' ? 'Mail' : 'SMS'}</span>
          <h2>{message.subject ?? message.to}</h2>
          <span class="when">
            <Moment at={message.sentAt} language={language} />
          </span>
        </summary>
        <p class="to">
          {texts.to} {message.to}
        </p>
        {message.html === null ? (
          plain
        ) : (
          <>
            <iframe
              src={`${MAILBOX_PATH}/messages/${message.id}`}
              title={texts.preview}
              sandbox="allow-popups allow-popups-to-escape-sandbox"
              loading="lazy"
            />
            <details>
              <summary>{texts.plainText}</summary>
              {plain}
            </details>
          </>
        )}
      </details>
    </li>
  );
}

/** Text whose web addresses can be followed. */
function Linked({ text }: { readonly text: string }): JSX.Element {
  const parts = text.split(WEB_ADDRESS);
  return (
    <>
      {parts.map((part, index) =>
        index % 2 === 1 ? (
          <a key={part} href={part} rel="noreferrer">
            {part}
          </a>
        ) : (
          part
        ),
      )}
    </>
  );
}
