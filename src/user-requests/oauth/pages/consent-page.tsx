import type { JSX } from 'preact';
import type { Role } from '../../../core/administrators/administrator.entity.js';
import { CSRF_FIELD } from '../../../core/web/csrf-tokens.js';
import { writtenSpan } from '../../../core/web/language/moments.js';
import { Card } from '../../../core/web/page/card.js';
import { Fact, Facts } from '../../../core/web/page/facts.js';
import type { Page } from '../../../core/web/page/page.js';
import { SEND_ONCE_SCRIPT } from '../../../core/web/page/scripts.js';
import { securityHeaders } from '../../../core/web/security-headers.js';
import type { Visit } from '../../../core/web/visit.js';
import { OAUTH_TEXTS } from './texts/oauth-texts.js';

export const TOKEN_FIELD = 'oauth_token';
export const DECISION_FIELD = 'decision';
export const ALLOW = 'allow';
export const DENY = 'deny';

interface Props {
  readonly visit: Visit;
  readonly action: string;
  readonly token: string;
  readonly csrf: string;
  readonly consumer: string;
  readonly account: { readonly login: string; readonly displayName: string; readonly domainName: string };
  readonly role: Role | undefined;
  /** Where the browser goes afterwards; undefined when it stays. */
  readonly origin: string | undefined;
  /** Seconds for which the access lasts; 0 = without end. */
  readonly lifetime: number;
}

/** Asks a person whether a consumer may act in their name, and says what that means. */
export function consentPage({ visit, token, consumer, account, role, origin, lifetime, ...form }: Props): Page {
  const { service, consent: texts } = OAUTH_TEXTS[visit.language];
  const { login, displayName, domainName } = account;
  return {
    status: 200,
    title: texts.title(consumer),
    organisation: domainName,
    keep: { [TOKEN_FIELD]: token },
    scripts: [SEND_ONCE_SCRIPT],
    ...(origin !== undefined && { headers: mayLeadTo(visit, origin) }),
    body: (
      <Card eyebrow={service} heading={texts.title(consumer)}>
        <p class="lead">{texts.lead(consumer)}</p>
        <Facts>
          <Fact name={texts.application}>{consumer}</Fact>
          <Fact name={texts.account}>{displayName === login ? login : `${displayName} (${login})`}</Fact>
          <Fact name={texts.returns}>{origin ?? texts.nowhere}</Fact>
        </Facts>
        <p>{texts.may(consumer)}</p>
        <ul>
          {texts.rights[role ?? 'person'](domainName).map((right) => (
            <li key={right}>{right}</li>
          ))}
        </ul>
        <p>{texts.ends(lifetime === 0 ? undefined : writtenSpan(visit.language, lifetime))}</p>
        {origin === undefined && <p>{texts.ownDoing(consumer)}</p>}
        <Decision {...form} token={token} value={ALLOW} look="button" text={texts.allow} />
        <Decision {...form} token={token} value={DENY} look="button button-quiet" text={texts.deny} />
        <p class="aside">{texts.notYou}</p>
      </Card>
    ),
  };
}

interface DecisionProps extends Pick<Props, 'action' | 'csrf' | 'token'> {
  readonly value: string;
  readonly look: string;
  readonly text: string;
}

function Decision({ action, csrf, token, value, look, text }: DecisionProps): JSX.Element {
  return (
    <form method="post" action={action} novalidate>
      <input type="hidden" name={CSRF_FIELD} value={csrf} />
      <input type="hidden" name={TOKEN_FIELD} value={token} />
      <input type="hidden" name={DECISION_FIELD} value={value} />
      <button class={look} type="submit">
        {text}
      </button>
    </form>
  );
}

/** Browsers hold a form to its page's policy on the way that its answer leads, too (CSP 3, `form-action`). */
function mayLeadTo(visit: Visit, origin: string): Record<string, string> {
  const policy = securityHeaders(visit)['content-security-policy'] ?? '';
  return { 'content-security-policy': policy.replace("form-action 'self'", `form-action 'self' ${origin}`) };
}
