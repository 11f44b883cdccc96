import type { JSX } from 'preact';
import { Card } from '../core/web/page/card.js';
import type { Page } from '../core/web/page/page.js';
import { Sample } from '../core/web/page/sample.js';
import { COPY_SCRIPT } from '../core/web/page/scripts.js';
import type { Catalogue } from '../core/web/texts/shared-texts.js';
import type { Visit } from '../core/web/visit.js';
import { de } from './texts/de.js';
import { en, type StartPageTexts } from './texts/en.js';
import { fr } from './texts/fr.js';
import { ru } from './texts/ru.js';

const TEXTS: Catalogue<StartPageTexts> = { en, de, fr, ru };

/** The published sample call of manager-json-rpc section 6, against the demo world. */
function sampleCall(publicUrl: string): string {
  const params = {
    username: 'Jane Doe',
    domain: 'RCDEVSDOCS',
    method: 'MAILSMS',
    expires: 72,
    comments: 'Ticket 812',
  };
  const call = JSON.stringify({ jsonrpc: '2.0', id: 0, method: 'PwReset.Send_Request', params }, null, 2);
  return `curl -u 'RCDEVSDOCS\\administrator:password' \\\n  ${publicUrl}/manag/ -d '${call}'`;
}

/** What a newcomer sees first: what is running, and the one call to try. */
export function startPage({ language }: Visit, publicUrl: string): Page {
  const texts = TEXTS[language];
  return {
    status: 200,
    title: texts.title,
    scripts: [COPY_SCRIPT],
    body: (
      <Card eyebrow={texts.eyebrow} heading={texts.title}>
        <p class="lead">{texts.lead}</p>
        <h2>{texts.tryHeading}</h2>
        <p>{texts.tryText}</p>
        <Sample id="sample-call" code={sampleCall(publicUrl)} copy={texts.copy} copied={texts.copied} />
        <p>{texts.tryThen}</p>
        <h2>{texts.lookHeading}</h2>
        <ul class="ways">
          <Way href="/dev/mailbox" name={texts.mailbox} text={texts.mailboxText} />
          <Way href="/dev/grid-card" name={texts.card} text={texts.cardText} />
          <Way href="/app-root" name={texts.signIn} text={texts.signInText} />
          <Way href="/account" name={texts.account} text={texts.accountText} />
          <Way href="/device" name={texts.device} text={texts.deviceText} />
          <Way href="/docs" name={texts.docs} text={texts.docsText} />
          <Way href="/readyz" name={texts.health} text={texts.healthText} />
        </ul>
        <p class="notice">{texts.warning}</p>
      </Card>
    ),
  };
}

function Way(props: { readonly href: string; readonly name: string; readonly text: string }): JSX.Element {
  return (
    <li>
      <a href={props.href}>
        <span class="way-name">{props.name}</span>
        <span class="way-text">{props.text}</span>
      </a>
    </li>
  );
}
