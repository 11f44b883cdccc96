import type { ComponentChildren, JSX } from 'preact';
import { CSRF_FIELD } from '../core/web/csrf-tokens.js';
import { FieldError } from '../core/web/page/form-problems.js';

/** Where a form is sent, with its CSRF value. */
export interface FormTarget {
  readonly action: string;
  readonly csrf: string;
}

interface FormProps extends FormTarget {
  readonly button: string;
  /** How much the button stands out: the main thing to do, one among others, or something that takes away. */
  readonly look?: 'main' | 'quiet' | 'deny';
  /** What the button is about, for who hears the page, where several are alike. */
  readonly subject?: string;
  readonly children?: ComponentChildren;
}

const LOOKS = { main: 'button', quiet: 'button button-quiet', deny: 'button button-deny' } as const;

/** A form with one button. */
export function AccountForm({ action, csrf, button, look = 'main', subject, children }: FormProps): JSX.Element {
  return (
    <form method="post" action={action} novalidate>
      <input type="hidden" name={CSRF_FIELD} value={csrf} />
      {children}
      <button class={LOOKS[look]} type="submit">
        {button}
        {subject !== undefined && <span class="visually-hidden">: {subject}</span>}
      </button>
    </form>
  );
}

interface FieldProps {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly type?: 'text' | 'password';
  readonly value?: string | undefined;
  readonly autocomplete: string;
  readonly maxLength?: number;
  readonly optional?: boolean;
  readonly problems?: readonly string[];
}

/** A field to type into, with what was wrong with it. */
export function AccountField({
  name,
  label,
  hint,
  type = 'text',
  value,
  problems = [],
  ...rest
}: FieldProps): JSX.Element {
  const invalid = problems.length > 0;
  const described = [hint !== undefined && `${name}-hint`, invalid && `${name}-error`].filter(Boolean).join(' ');
  const attributes = {
    id: name,
    name,
    autocomplete: rest.autocomplete,
    autocapitalize: 'none',
    spellcheck: false,
    required: !rest.optional,
    ...(value !== undefined && { value }),
    ...(rest.maxLength !== undefined && { maxlength: rest.maxLength }),
    ...(invalid && { 'aria-invalid': 'true' as const }),
    ...(described !== '' && { 'aria-describedby': described }),
  } as const;
  return (
    <div class={invalid ? 'field field-invalid' : 'field'}>
      <label for={name}>{label}</label>
      {hint !== undefined && (
        <p class="aside" id={`${name}-hint`}>
          {hint}
        </p>
      )}
      <FieldError id={`${name}-error`} problems={problems} />
      <div class="entry">
        {type === 'password' ? <input type="password" {...attributes} /> : <input type="text" {...attributes} />}
      </div>
    </div>
  );
}
