import type { ComponentChildren, JSX } from 'preact';
import { CSRF_FIELD } from '../../../core/web/csrf-tokens.js';
import type { ProcessingCall } from '../processing-call.js';
import type { RequestForms } from '../request-forms.js';

interface Props {
  readonly call: ProcessingCall;
  readonly forms: RequestForms;
  /** The button. */
  readonly label: string;
  readonly children?: ComponentChildren;
}

/** A form of a request's page, sent to the page itself. */
export function RequestForm({ call, forms, label, children }: Props): JSX.Element {
  return (
    <form method="post" action={forms.action(call)} novalidate>
      <input type="hidden" name={CSRF_FIELD} value={forms.csrfValue(call)} />
      {children}
      <button class="button" type="submit">
        {label}
      </button>
    </form>
  );
}
