import type { Language } from '../../core/web/language/languages.js';
import { Card } from '../../core/web/page/card.js';
import type { Page } from '../../core/web/page/page.js';
import { itemName } from '../../delivery/templates/item-names.js';
import type { EnrolmentOutcome } from '../enrolling/item-desk.js';
import { ENROLMENT_TEXTS } from './texts/enrolment-texts.js';

/** Everything is set up. */
export function donePage(language: Language, { domainName, slot, home }: EnrolmentOutcome): Page {
  const texts = ENROLMENT_TEXTS[language];
  const name = itemName(slot, language);
  return {
    status: 200,
    title: texts.done.title,
    organisation: domainName,
    body: (
      <Card eyebrow={texts.service} heading={texts.done.title} sign="done">
        {slot !== '' && <p class="lead">{texts.done.lead(name.charAt(0).toUpperCase() + name.slice(1))}</p>}
        <h2>{texts.done.nextHeading}</h2>
        <ul class="points">
          <li>{texts.done.notice}</li>
          {home === undefined && <li>{texts.done.links}</li>}
        </ul>
        {home === undefined ? (
          <p class="aside">{texts.done.close}</p>
        ) : (
          <p>
            <a class="button" href={home}>
              {texts.done.home}
            </a>
          </p>
        )}
      </Card>
    ),
  };
}
