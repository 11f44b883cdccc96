import { h, type JSX } from 'preact';

interface FieldProps {
  /** Of the field in the REST call. */
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly type?: 'text' | 'email' | 'password';
  readonly autocomplete: 'off' | 'username' | 'current-password' | 'name' | 'email';
  readonly maxLength?: number;
  /** A regular expression; judged by the script together with the type. */
  readonly pattern?: string;
  /** What is said when the field was left empty; without it the field may stay empty. */
  readonly missing?: string;
  /** What is said when it does not fit type or pattern. */
  readonly mismatch?: string;
  /** Whether the default domain is filled in. */
  readonly prefill?: 'domain' | 'login';
}

/** A field of a form that `app-root.js` sends; it says what is wrong next to the field. */
export function FormField({
  name,
  label,
  hint,
  type = 'text',
  autocomplete,
  maxLength,
  pattern,
  missing,
  mismatch,
  prefill,
}: FieldProps): JSX.Element {
  const hintId = `${name}-hint`;
  const attributes: JSX.IntrinsicElements['input'] & Readonly<Record<`data-${string}`, string | undefined>> = {
    id: name,
    name,
    autocomplete,
    autocapitalize: name === 'name' ? 'words' : 'none',
    spellcheck: false,
    maxlength: maxLength,
    pattern,
    required: missing !== undefined,
    'aria-describedby': hint ? hintId : undefined,
    'data-missing': missing,
    'data-mismatch': mismatch,
    'data-prefill': prefill,
  };
  return (
    <div class="field">
      <label for={name}>{label}</label>
      {hint && (
        <p class="aside" id={hintId}>
          {hint}
        </p>
      )}
      <div class="entry">{h('input', { ...attributes, type })}</div>
    </div>
  );
}

/** What the script says about a form as a whole, and for how long it has to wait. */
export function FormSays({ heading }: { readonly heading: string }): JSX.Element {
  return (
    <>
      <div role="alert">
        <div class="summary" data-problem hidden>
          <h2>{heading}</h2>
          <p data-problem-text />
        </div>
      </div>
      <p class="notice" role="status" data-wait hidden>
        <span data-wait-text /> <strong role="timer" aria-live="off" data-wait-left />
      </p>
    </>
  );
}
