import type { JSX } from 'preact';
import { CSRF_FIELD } from '../../core/web/csrf-tokens.js';
import { Card } from '../../core/web/page/card.js';
import type { Page } from '../../core/web/page/page.js';
import { SEND_ONCE_SCRIPT } from '../../core/web/page/scripts.js';
import type { Visit } from '../../core/web/visit.js';
import { itemName } from '../../delivery/templates/item-names.js';
import type { EnrolmentSession, Offer } from '../enrolling/enrolment-sessions.js';
import { FINISH_PATH, itemPath } from './site.js';
import { ENROLMENT_TEXTS } from './texts/enrolment-texts.js';

interface Props {
  readonly visit: Visit;
  readonly session: EnrolmentSession;
  readonly csrf: string;
  /** The slot that was filled a moment ago, as the address says; shown only when it is filled indeed. */
  readonly stored: string | undefined;
}

/** Tiles for what can be enrolled, each with how much of it the person has. */
export function choicePage({ visit, session, csrf, stored }: Props): Page {
  const texts = ENROLMENT_TEXTS[visit.language];
  const slots = session.offers.flatMap((offer) => offer.slots);
  const just = slots.find(({ slot, filled }) => slot === stored && filled);
  return {
    status: 200,
    title: texts.choice.title,
    organisation: session.opened.found.domain.name,
    scripts: [SEND_ONCE_SCRIPT],
    body: (
      <Card eyebrow={texts.service} heading={texts.choice.title}>
        {just && (
          <p class="notice" role="status">
            {texts.choice.stored(itemName(just.slot, visit.language))}
          </p>
        )}
        <p class="lead">{session.offers.length > 0 ? texts.choice.lead : texts.choice.nothing}</p>
        <ul class="tiles">
          {session.offers.map((offer) => (
            <Tile key={offer.choice} visit={visit} offer={offer} />
          ))}
        </ul>
        <form method="post" action={visit.inline ? `${FINISH_PATH}?inline=1` : FINISH_PATH}>
          <input type="hidden" name={CSRF_FIELD} value={csrf} />
          <button class="button button-quiet" type="submit">
            {texts.choice.finish}
          </button>
        </form>
      </Card>
    ),
  };
}

function Tile({ visit, offer }: { readonly visit: Visit; readonly offer: Offer }): JSX.Element {
  const texts = ENROLMENT_TEXTS[visit.language];
  const { name, text } = texts.items[offer.choice];
  const filled = offer.slots.filter((slot) => slot.filled).length;
  const path = itemPath(offer.choice);
  return (
    <li>
      <a class="tile" href={visit.inline ? `${path}?inline=1` : path}>
        <strong>{name}</strong>
        <span>{text}</span>
        {filled > 0 && (
          <span class="tile-state">
            {offer.slots.length === 1 ? texts.choice.inUse : texts.choice.used(filled, offer.slots.length)}
          </span>
        )}
      </a>
    </li>
  );
}
