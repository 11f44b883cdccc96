import type { JSX } from 'preact';
import type { PasswordRules } from '../../directory/password-rules.js';
import type { Language } from '../language/languages.js';
import { FieldError } from '../page/form-problems.js';
import { SHARED_TEXTS } from '../texts/shared-texts.js';
import { RULES_ID } from './rule-list.js';

export const PASSWORD_FIELD = 'password';
export const REPEATED_FIELD = 'repeated';

interface Props {
  readonly rules: PasswordRules | undefined;
  readonly language: Language;
  /** Refusals of the password, in words. */
  readonly passwordProblems: readonly string[];
  /** Refusals of the second entry, in words. */
  readonly repeatedProblems: readonly string[];
}

/** A new password, twice, with a button that shows what was typed. Pasting is welcome (NIST SP 800-63B). */
export function PasswordFields({ rules, language, passwordProblems, repeatedProblems }: Props): JSX.Element {
  const texts = SHARED_TEXTS[language].password;
  return (
    <>
      <Entry name={PASSWORD_FIELD} label={texts.new} problems={passwordProblems} describedBy={RULES_ID} rules={rules}>
        <button
          class="reveal"
          type="button"
          aria-controls={`${PASSWORD_FIELD} ${REPEATED_FIELD}`}
          data-show={texts.show}
          data-hide={texts.hide}
          hidden
        >
          <span data-label>{texts.show}</span>
          <span class="visually-hidden"> {texts.subject}</span>
        </button>
      </Entry>
      <p class="visually-hidden" role="status" data-shown={texts.shown} data-hidden={texts.hidden} />
      <Entry name={REPEATED_FIELD} label={texts.again} problems={repeatedProblems} describedBy="match" rules={rules} />
      <p id="match" class="match" role="status" data-same={texts.same} data-differ={texts.differ} />
    </>
  );
}

interface EntryProps {
  readonly name: string;
  readonly label: string;
  readonly problems: readonly string[];
  readonly describedBy: string;
  readonly rules: PasswordRules | undefined;
  readonly children?: JSX.Element;
}

function Entry({ name, label, problems, describedBy, rules, children }: EntryProps): JSX.Element {
  const errorId = `${name}-error`;
  const invalid = problems.length > 0;
  return (
    <div class={invalid ? 'field field-invalid' : 'field'}>
      <label for={name}>{label}</label>
      <FieldError id={errorId} problems={problems} />
      <div class="entry">
        <input
          id={name}
          name={name}
          type="password"
          autocomplete="new-password"
          autocapitalize="none"
          spellcheck={false}
          required
          aria-invalid={invalid ? 'true' : undefined}
          aria-describedby={invalid ? `${errorId} ${describedBy}` : describedBy}
          {...generatorRules(rules)}
        />
        {children}
      </div>
    </div>
  );
}

/** Tells password managers what to generate (the `passwordrules` attribute, WHATWG issue 3518; others ignore it). */
function generatorRules(rules: PasswordRules | undefined): { readonly passwordrules?: string } {
  if (!rules?.minLength) return {};
  const { minLength, maxLength, classes = 1 } = rules;
  const kinds = ['lower', 'upper', 'digit', 'special'].slice(0, classes > 1 ? classes : 0);
  const parts = [`minlength: ${minLength}`, ...(maxLength ? [`maxlength: ${maxLength}`] : [])];
  return { passwordrules: [...parts, ...kinds.map((kind) => `required: ${kind}`)].map((part) => `${part};`).join(' ') };
}
