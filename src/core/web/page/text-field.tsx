import type { JSX } from 'preact';
import { FieldError } from './form-problems.js';

export interface TextFieldProps {
  readonly name: string;
  readonly label: string;
  /** What may be typed, below the label. */
  readonly hint?: string | undefined;
  readonly type?: 'text' | 'password' | undefined;
  readonly value?: string | undefined;
  readonly inputMode?: 'numeric' | 'text' | undefined;
  readonly autocomplete: string;
  readonly maxLength?: number | undefined;
  readonly optional?: boolean | undefined;
  /** Id of a list of proposals. */
  readonly list?: string | undefined;
  readonly problems?: readonly string[];
}

/** A field to type into, with what was wrong with it. */
export function TextField({
  name,
  label,
  hint,
  type = 'text',
  value,
  inputMode,
  problems = [],
  ...rest
}: TextFieldProps): JSX.Element {
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
    ...(inputMode && { inputmode: inputMode }),
    ...(rest.list !== undefined && { list: rest.list }),
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
