import { Card } from '../../../core/web/page/card.js';
import { FieldError, ProblemSummary } from '../../../core/web/page/form-problems.js';
import type { Page } from '../../../core/web/page/page.js';
import { SEND_ONCE_SCRIPT } from '../../../core/web/page/scripts.js';
import { SHARED_TEXTS } from '../../../core/web/texts/shared-texts.js';
import type { ProcessingCall } from '../processing-call.js';
import type { RequestForms } from '../request-forms.js';
import { RequestForm } from './request-form.js';
import { REQUEST_TEXTS } from './texts/request-texts.js';

export const PIN_FIELD = 'pin';

/**
 * Asks for the PIN that the person was sent. It says nothing of who that is: the receipt was given to whoever asked.
 *
 * @param left tries that are left after a wrong one; undefined before the first
 */
export function pinPage(call: ProcessingCall, forms: RequestForms, left: number | undefined): Page {
  const { language } = call.visit;
  const texts = REQUEST_TEXTS[language].pin;
  const shared = SHARED_TEXTS[language];
  const problems = left === undefined ? [] : [texts.wrong(left)];
  const invalid = problems.length > 0;
  return {
    status: 200,
    title: invalid ? shared.errorTitle(texts.title) : texts.title,
    scripts: [SEND_ONCE_SCRIPT],
    keep: forms.keep(call),
    body: (
      <Card eyebrow={texts.service} heading={texts.title}>
        <ProblemSummary heading={shared.problem} fields={[{ field: PIN_FIELD, problems }]} />
        <p class="lead">{texts.lead}</p>
        <RequestForm call={call} forms={forms} label={texts.proceed}>
          <div class={invalid ? 'field field-invalid' : 'field'}>
            <label for={PIN_FIELD}>{texts.label}</label>
            <FieldError id="pin-error" problems={problems} />
            <div class="entry">
              <input
                id={PIN_FIELD}
                name={PIN_FIELD}
                type="text"
                inputmode="numeric"
                autocomplete="one-time-code"
                maxlength={20}
                required
                aria-invalid={invalid ? 'true' : undefined}
                aria-describedby={invalid ? 'pin-error' : undefined}
              />
            </div>
          </div>
        </RequestForm>
        <p class="aside">{texts.missing}</p>
      </Card>
    ),
  };
}
