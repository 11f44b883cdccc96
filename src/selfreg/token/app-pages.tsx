import type { PlainSecret } from '../../core/crypto/secret-types.js';
import { CSRF_FIELD } from '../../core/web/csrf-tokens.js';
import { Card } from '../../core/web/page/card.js';
import { Fact, Facts } from '../../core/web/page/facts.js';
import { FieldError, ProblemSummary } from '../../core/web/page/form-problems.js';
import type { Page } from '../../core/web/page/page.js';
import { SEND_ONCE_SCRIPT } from '../../core/web/page/scripts.js';
import { SHARED_TEXTS } from '../../core/web/texts/shared-texts.js';
import type { ItemVisit } from '../enrolling/item-desk.js';
import { BackToChoice } from '../pages/back-to-choice.js';
import type { FormTarget } from '../pages/item-form.js';
import { CODE_FIELD, PENDING_FIELD } from '../pages/proof-form.js';
import { SlotChoice } from '../pages/slot-choice.js';
import { ENROLMENT_TEXTS } from '../pages/texts/enrolment-texts.js';
import { OtherWays } from './other-ways.js';

interface StartProps extends Pick<ItemVisit, 'visit' | 'session'>, FormTarget {
  readonly problem?: string;
}

/** What is needed, before a seed is made. */
export function appStartPage({ visit, session, action, csrf, problem }: StartProps): Page {
  const { service, app } = ENROLMENT_TEXTS[visit.language];
  return {
    status: problem === undefined ? 200 : 422,
    title: app.title,
    organisation: session.opened.found.domain.name,
    scripts: [SEND_ONCE_SCRIPT],
    body: (
      <Card eyebrow={service} heading={app.title}>
        <ProblemSummary
          heading={SHARED_TEXTS[visit.language].problem}
          general={problem === undefined ? [] : [problem]}
          fields={[]}
        />
        <p class="lead">{app.lead}</p>
        <form method="post" action={visit.inline ? `${action}?inline=1` : action}>
          <input type="hidden" name={CSRF_FIELD} value={csrf} />
          <button class="button" type="submit">
            {app.begin}
          </button>
        </form>
        <OtherWays visit={visit} current="app" />
        <BackToChoice visit={visit} scope={session.scope} />
      </Card>
    ),
  };
}

interface CodeProps extends Pick<ItemVisit, 'visit' | 'session' | 'offer'> {
  readonly pending: string;
  readonly uri: PlainSecret;
  /** Base32. */
  readonly secret: PlainSecret;
  /** `data:` URL of the QR code. */
  readonly picture: string;
  readonly code: FormTarget;
  readonly again: FormTarget;
  readonly problem: string | undefined;
}

/** The QR code and the key as text, and the field for the first code. */
export function appCodePage(props: CodeProps): Page {
  const { visit, session, offer, pending, uri, secret, picture, code, again, problem } = props;
  const { service, app, code: codeLabel } = ENROLMENT_TEXTS[visit.language];
  const shared = SHARED_TEXTS[visit.language];
  const problems = problem === undefined ? [] : [problem];
  const inline = visit.inline ? '?inline=1' : '';
  return {
    status: problem === undefined ? 200 : 422,
    title: problem === undefined ? app.scanTitle : shared.errorTitle(app.scanTitle),
    organisation: session.opened.found.domain.name,
    scripts: [SEND_ONCE_SCRIPT],
    body: (
      <Card eyebrow={service} heading={app.scanTitle}>
        <ProblemSummary heading={shared.problem} fields={[{ field: CODE_FIELD, problems }]} />
        <p class="lead">{app.scan}</p>
        <p class="picture">
          <img src={picture} width="220" height="220" alt={app.picture} />
        </p>
        <p>
          <a href={uri}>{app.open}</a>
        </p>
        <details>
          <summary>{app.byHand}</summary>
          <Facts>
            <Fact name={app.key}>
              <code class="key">{secret.match(/.{1,4}/g)?.join(' ')}</code>
            </Fact>
            <Fact name={app.kind}>{app.time(6, 30)}</Fact>
          </Facts>
        </details>
        <form method="post" action={`${code.action}${inline}`} novalidate>
          <input type="hidden" name={CSRF_FIELD} value={code.csrf} />
          <input type="hidden" name={PENDING_FIELD} value={pending} />
          <h2>{app.prove}</h2>
          <div class={problem === undefined ? 'field' : 'field field-invalid'}>
            <label for={CODE_FIELD}>{codeLabel}</label>
            <FieldError id="code-error" problems={problems} />
            <div class="entry">
              <input
                id={CODE_FIELD}
                name={CODE_FIELD}
                type="text"
                inputmode="numeric"
                autocomplete="one-time-code"
                required
                aria-invalid={problem === undefined ? undefined : 'true'}
                aria-describedby={problem === undefined ? undefined : 'code-error'}
              />
            </div>
          </div>
          <SlotChoice language={visit.language} offer={offer} />
          <button class="button" type="submit">
            {app.save}
          </button>
        </form>
        <form method="post" action={`${again.action}${inline}`}>
          <input type="hidden" name={CSRF_FIELD} value={again.csrf} />
          <button class="button button-quiet" type="submit">
            {app.fresh}
          </button>
        </form>
        <OtherWays visit={visit} current="app" />
        <BackToChoice visit={visit} scope={session.scope} />
      </Card>
    ),
  };
}
