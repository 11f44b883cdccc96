import { writtenSpan } from '../../core/web/language/moments.js';
import { Card } from '../../core/web/page/card.js';
import { Fact, Facts } from '../../core/web/page/facts.js';
import { Moment } from '../../core/web/page/moment.js';
import type { Page } from '../../core/web/page/page.js';
import { MOMENT_SCRIPT, SEND_ONCE_SCRIPT } from '../../core/web/page/scripts.js';
import type { Visit } from '../../core/web/visit.js';
import type { Landing } from '../password-reset-pages.js';
import { OpenForm } from './open-form.js';
import { LINK_FIELD } from './paths.js';
import { PASSWORD_RESET_TEXTS } from './texts/password-reset-texts.js';

interface Props {
  readonly visit: Visit;
  readonly landing: Landing;
  /** The secret of the link; it stays in the form and in the language links, which lead to this very page. */
  readonly link: string;
  /** Minutes after which an idle page session ends. */
  readonly idleMinutes: number;
}

/** What a link is for, before anything is consumed: only its button does that (invariant 3). */
export function landingPage({ visit, landing, link, idleMinutes }: Props): Page {
  const texts = PASSWORD_RESET_TEXTS[visit.language];
  const { displayName, domainName, requestedBy, comments, expiresAt } = landing;
  return {
    status: 200,
    title: texts.landing.title,
    organisation: domainName,
    scripts: [MOMENT_SCRIPT, SEND_ONCE_SCRIPT],
    keep: { [LINK_FIELD]: link },
    body: (
      <Card eyebrow={texts.service} heading={texts.landing.greeting(displayName)}>
        <p class="lead">{texts.landing.lead(domainName)}</p>
        <Facts>
          <Fact name={texts.landing.requestedBy}>{requestedBy}</Fact>
          {comments && (
            <Fact name={texts.landing.comments}>
              <span class="as-written">{comments}</span>
            </Fact>
          )}
          <Fact name={texts.landing.expires}>
            <Moment at={expiresAt} language={visit.language} />
          </Fact>
        </Facts>
        <p>
          <strong>{texts.landing.onceTitle}</strong> {texts.landing.once(writtenSpan(visit.language, idleMinutes * 60))}
        </p>
        <OpenForm visit={visit} link={link} label={texts.landing.proceed} />
        <p class="aside">{texts.landing.unexpected}</p>
      </Card>
    ),
  };
}
