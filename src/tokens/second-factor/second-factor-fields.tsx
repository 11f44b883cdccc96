import type { ComponentChildren, JSX } from 'preact';
import { CSRF_FIELD } from '../../core/web/csrf-tokens.js';
import { FieldError } from '../../core/web/page/form-problems.js';
import type { Visit } from '../../core/web/visit.js';
import type { TypedFactor } from './second-factor-checks.js';
import type { AskedFactor } from './second-factor-questions.js';

export const FACTOR_FIELD = 'factor';
export const CODE_FIELD = 'code';
export const CHALLENGE_FIELD = 'challenge';
export const RESPONSE_FIELD = 'response';

/** Why the page came back, in words. */
export interface FactorProblem {
  readonly status: 422 | 429 | 503;
  readonly text: string;
  /** What was typed wrongly; the whole page when absent. */
  readonly factor?: TypedFactor | AskedFactor;
}

/** What every form of the page needs. */
export interface FormsOfPage {
  readonly visit: Visit;
  /** Path of the page; its forms are sent below it. */
  readonly path: string;
  readonly csrf: string;
}

interface FormProps extends FormsOfPage {
  /** Name of the form, below the page's path. */
  readonly form: string;
  readonly button: string;
  readonly quiet?: boolean;
  readonly ceremony?: object;
  readonly children?: ComponentChildren;
}

/** A form of the page. */
export function FactorForm({ visit, path, csrf, form, button, quiet, ceremony, children }: FormProps): JSX.Element {
  const action = `${path}/${form}${visit.inline ? '?inline=1' : ''}`;
  const script = ceremony ? { 'data-fido': 'get', 'data-options': JSON.stringify(ceremony) } : {};
  return (
    <form method="post" action={action} novalidate {...script}>
      <input type="hidden" name={CSRF_FIELD} value={csrf} />
      {children}
      <button class={quiet ? 'button button-quiet' : 'button'} type="submit">
        {button}
      </button>
    </form>
  );
}

interface FieldProps {
  readonly factor: TypedFactor | AskedFactor;
  readonly label: string;
  readonly hint?: string | undefined;
  readonly numeric?: boolean;
  readonly problem: FactorProblem | undefined;
}

/** Where a code or an answer is typed. */
export function FactorField({ factor, label, hint, numeric = false, problem }: FieldProps): JSX.Element {
  const id = fieldId(factor);
  const problems = problem?.factor === factor ? [problem.text] : [];
  const invalid = problems.length > 0;
  const described = [hint !== undefined && `${id}-hint`, invalid && `${id}-error`].filter(Boolean).join(' ');
  return (
    <>
      <input type="hidden" name={FACTOR_FIELD} value={factor} />
      <div class={invalid ? 'field field-invalid' : 'field'}>
        <label for={id}>{label}</label>
        {hint !== undefined && (
          <p class="aside" id={`${id}-hint`}>
            {hint}
          </p>
        )}
        <FieldError id={`${id}-error`} problems={problems} />
        <div class="entry">
          <input
            id={id}
            name={CODE_FIELD}
            type="text"
            inputmode={numeric ? 'numeric' : 'text'}
            autocomplete="one-time-code"
            autocapitalize="none"
            spellcheck={false}
            required
            aria-invalid={invalid ? 'true' : undefined}
            aria-describedby={described === '' ? undefined : described}
          />
        </div>
      </div>
    </>
  );
}

export function fieldId(factor: TypedFactor | AskedFactor): string {
  return `code-${factor.toLowerCase()}`;
}
