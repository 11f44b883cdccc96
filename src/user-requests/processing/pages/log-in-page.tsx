import type { FoundPerson } from '../../../core/directory/people.js';
import { Card } from '../../../core/web/page/card.js';
import type { Page } from '../../../core/web/page/page.js';
import { SEND_ONCE_SCRIPT } from '../../../core/web/page/scripts.js';
import type { ProcessingCall } from '../processing-call.js';
import type { RequestForms } from '../request-forms.js';
import { AccountFacts } from './account-facts.js';
import { RequestForm } from './request-form.js';
import { REQUEST_TEXTS } from './texts/request-texts.js';

/** One button that signs in with a mailed link, which a mail scanner does not press. */
export function mailedLogInPage(call: ProcessingCall, found: FoundPerson, forms: RequestForms): Page {
  const texts = REQUEST_TEXTS[call.visit.language].logIn;
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
        <RequestForm call={call} forms={forms} label={texts.enter} />
        <p class="aside">{texts.unexpected}</p>
      </Card>
    ),
  };
}
