import { Card } from '../../core/web/page/card.js';
import type { Page } from '../../core/web/page/page.js';
import { SEND_ONCE_SCRIPT } from '../../core/web/page/scripts.js';
import { TextField } from '../../core/web/page/text-field.js';
import type { Visit } from '../../core/web/visit.js';
import { LONGEST_AUTHENTICATOR_NAME } from '../../tokens/enrolment/authenticator-name.js';
import type { HeldToken } from '../../tokens/token-store.js';
import { AccountForm, type FormTarget } from '../account-form.js';
import { HOME_PATH } from '../account-paths.js';
import { ACCOUNT_TEXTS } from '../texts/account-texts.js';
import { authenticatorTitle } from './authenticator-title.js';

export const NAME_FIELD = 'name';

interface Props {
  readonly visit: Visit;
  readonly domainName: string;
  readonly held: HeldToken;
  /** Whether the person has no second factor without it. */
  readonly last: boolean;
  readonly rename: FormTarget;
  readonly remove: FormTarget;
}

/** What a person can do with one authenticator. */
export function authenticatorPage({ visit, domainName, held, last, rename, remove }: Props): Page {
  const { language } = visit;
  const { service, authenticator: texts } = ACCOUNT_TEXTS[language];
  const title = authenticatorTitle(language, held.assignment);
  return {
    status: 200,
    title,
    organisation: domainName,
    scripts: [SEND_ONCE_SCRIPT],
    body: (
      <Card eyebrow={service} heading={title}>
        <AccountForm {...rename} button={texts.save}>
          <TextField
            name={NAME_FIELD}
            label={texts.name}
            hint={texts.nameHint}
            value={held.assignment.name ?? ''}
            autocomplete="off"
            maxLength={LONGEST_AUTHENTICATOR_NAME}
            optional
          />
        </AccountForm>
        <h2>{texts.removeTitle}</h2>
        {last && (
          <p class="notice">
            <strong>{texts.last}</strong>
          </p>
        )}
        <p>{texts.removeText}</p>
        <AccountForm {...remove} button={texts.remove} look="deny" />
        <p class="aside">
          <a href={HOME_PATH}>{texts.back}</a>
        </p>
      </Card>
    ),
  };
}

/** One step before the pages on which authenticators are set up. */
export function addPage({ language }: Visit, domainName: string, add: FormTarget): Page {
  const { service, add: texts, authenticator } = ACCOUNT_TEXTS[language];
  return {
    status: 200,
    title: texts.title,
    organisation: domainName,
    scripts: [SEND_ONCE_SCRIPT],
    body: (
      <Card eyebrow={service} heading={texts.title}>
        <p class="lead">{texts.lead}</p>
        <AccountForm {...add} button={texts.button} />
        <p class="aside">
          <a href={HOME_PATH}>{authenticator.back}</a>
        </p>
      </Card>
    ),
  };
}
