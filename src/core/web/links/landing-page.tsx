import type { ComponentChildren } from 'preact';
import { writtenSpan } from '../language/moments.js';
import { Card } from '../page/card.js';
import { Fact, Facts } from '../page/facts.js';
import { Moment } from '../page/moment.js';
import type { Page } from '../page/page.js';
import { MOMENT_SCRIPT, SEND_ONCE_SCRIPT } from '../page/scripts.js';
import type { Visit } from '../visit.js';
import { LINK_FIELD, type LinkSite } from './link-site.js';
import { OpenForm } from './open-form.js';
import { LINK_TEXTS } from './texts/link-texts.js';

/** What a landing page shows of a link before anything is consumed. */
export interface Landing {
  readonly displayName: string;
  readonly domainName: string;
  /** `DOMAIN\login` of the administrator who asked. */
  readonly requestedBy: string;
  /** The administrator's line, if any. */
  readonly comments: string | undefined;
  readonly expiresAt: Date;
}

interface Props {
  readonly site: LinkSite;
  readonly visit: Visit;
  readonly landing: Landing;
  /** The secret of the link; it stays in the form and in the language links, which lead to this very page. */
  readonly link: string;
  /** Minutes after which an idle page session ends. */
  readonly idleMinutes: number;
  /** What the link is for: the service, the title of the page, the first sentence. */
  readonly texts: { readonly service: string; readonly title: string; readonly lead: string };
  /** Further facts, e.g. what will be enrolled. */
  readonly facts?: ComponentChildren;
}

/** What a link is for, before anything is consumed: only its button does that (invariant 3). */
export function landingPage({ site, visit, landing, link, idleMinutes, texts, facts }: Props): Page {
  const shared = LINK_TEXTS[visit.language];
  const { displayName, domainName, requestedBy, comments, expiresAt } = landing;
  return {
    status: 200,
    title: texts.title,
    organisation: domainName,
    scripts: [MOMENT_SCRIPT, SEND_ONCE_SCRIPT],
    keep: { [LINK_FIELD]: link },
    body: (
      <Card eyebrow={texts.service} heading={shared.greeting(displayName)}>
        <p class="lead">{texts.lead}</p>
        <Facts>
          {facts}
          <Fact name={shared.requestedBy}>{requestedBy}</Fact>
          {comments && (
            <Fact name={shared.comments}>
              <span class="as-written">{comments}</span>
            </Fact>
          )}
          <Fact name={shared.expires}>
            <Moment at={expiresAt} language={visit.language} />
          </Fact>
        </Facts>
        <p>
          <strong>{shared.onceTitle}</strong> {shared.once(writtenSpan(visit.language, idleMinutes * 60))}
        </p>
        <OpenForm site={site} visit={visit} link={link} label={shared.proceed} />
        <p class="aside">{shared.unexpected}</p>
      </Card>
    ),
  };
}
