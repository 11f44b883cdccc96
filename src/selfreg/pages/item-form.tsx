import type { ComponentChildren, JSX } from 'preact';
import { CSRF_FIELD } from '../../core/web/csrf-tokens.js';
import { FieldError } from '../../core/web/page/form-problems.js';
import { TextField, type TextFieldProps } from '../../core/web/page/text-field.js';
import type { Visit } from '../../core/web/visit.js';
import type { ItemProblem } from './item-problem.js';

/** Where a form is sent, with its CSRF value. */
export interface FormTarget {
  readonly action: string;
  readonly csrf: string;
}

interface FormProps extends FormTarget {
  readonly visit: Visit;
  readonly button: string;
  /** Not the main thing to do on the page. */
  readonly quiet?: boolean;
  readonly children?: ComponentChildren;
}

/** A form of an item's page. */
export function ItemForm({ visit, action, csrf, button, quiet, children }: FormProps): JSX.Element {
  return (
    <form method="post" action={visit.inline ? `${action}?inline=1` : action} novalidate>
      <input type="hidden" name={CSRF_FIELD} value={csrf} />
      {children}
      <button class={quiet ? 'button button-quiet' : 'button'} type="submit">
        {button}
      </button>
    </form>
  );
}

interface FieldProps extends Omit<TextFieldProps, 'autocomplete' | 'problems'> {
  readonly autocomplete?: string;
  readonly problem?: ItemProblem | undefined;
}

/** A field to type into, with what was wrong with it; browsers fill it in only where it says with what. */
export function ItemField({ autocomplete = 'off', problem, ...field }: FieldProps): JSX.Element {
  const problems = problem?.field === field.name ? [problem.text] : [];
  return <TextField {...field} autocomplete={autocomplete} problems={problems} />;
}

interface AreaProps {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly rows?: number;
  readonly problem?: ItemProblem | undefined;
}

/** A field for a text of several lines, such as a key. */
export function ItemArea({ name, label, hint, rows = 5, problem }: AreaProps): JSX.Element {
  const problems = problem?.field === name ? [problem.text] : [];
  const invalid = problems.length > 0;
  const described = [hint !== undefined && `${name}-hint`, invalid && `${name}-error`].filter(Boolean).join(' ');
  return (
    <div class={invalid ? 'field field-invalid' : 'field'}>
      <label for={name}>{label}</label>
      {hint !== undefined && (
        <p class="aside" id={`${name}-hint`}>
          {hint}
        </p>
      )}
      <FieldError id={`${name}-error`} problems={problems} />
      <textarea
        id={name}
        name={name}
        rows={rows}
        autocomplete="off"
        autocapitalize="none"
        spellcheck={false}
        required
        aria-invalid={invalid ? 'true' : undefined}
        aria-describedby={described || undefined}
      />
    </div>
  );
}

interface ChoiceProps {
  readonly name: string;
  readonly label: string;
  readonly options: readonly { readonly value: string; readonly text: string }[];
  readonly selected: string;
}

/** One of a few words or numbers. */
export function ItemSelect({ name, label, options, selected }: ChoiceProps): JSX.Element {
  return (
    <div class="field">
      <label for={name}>{label}</label>
      <div class="entry">
        <select id={name} name={name}>
          {options.map(({ value, text }) => (
            <option key={value} value={value} selected={value === selected}>
              {text}
            </option>
          ))}
        </select>
      </div>
    </div>
  );
}
