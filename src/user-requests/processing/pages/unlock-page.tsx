import type { FoundPerson } from '../../../core/directory/people.js';
import { Card } from '../../../core/web/page/card.js';
import type { Page } from '../../../core/web/page/page.js';
import { SEND_ONCE_SCRIPT } from '../../../core/web/page/scripts.js';
import type { ProcessingCall } from '../processing-call.js';
import type { RequestForms } from '../request-forms.js';
import { AccountFacts } from './account-facts.js';
import { RequestForm } from './request-form.js';
import { REQUEST_TEXTS } from './texts/request-texts.js';

/** One button that unlocks the account. */
export function unlockPage(call: ProcessingCall, found: FoundPerson, forms: RequestForms): Page {
  const texts = REQUEST_TEXTS[call.visit.language].unlock;
  return {
    status: 200,
    title: texts.title,
    organisation: found.domain.name,
    scripts: [SEND_ONCE_SCRIPT],
    keep: forms.keep(call),
    body: (
      <Card eyebrow={texts.service} heading={texts.title}>
        <p class="lead">{texts.lead}</p>
        <AccountFacts name={texts.account} found={found} />
        <p>{texts.effect}</p>
        <RequestForm call={call} forms={forms} label={texts.unlock} />
        <p class="aside">{texts.unexpected}</p>
      </Card>
    ),
  };
}
