import type { JSX } from 'preact';
import type { FormFields } from '../../core/web/form-fields.js';
import { authenticatorName, LONGEST_AUTHENTICATOR_NAME } from '../../tokens/enrolment/authenticator-name.js';
import { ItemField } from './item-form.js';
import type { ItemProblem } from './item-problem.js';

export const NAME_FIELD = 'name';

interface Props {
  readonly label: string;
  readonly hint: string;
  readonly value: string;
  readonly problem: ItemProblem | undefined;
}

/** What the person calls an authenticator of which there may be several. */
export function NameField({ label, hint, value, problem }: Props): JSX.Element {
  return (
    <ItemField
      name={NAME_FIELD}
      label={label}
      hint={hint}
      value={value}
      maxLength={LONGEST_AUTHENTICATOR_NAME}
      problem={problem}
    />
  );
}

/** The name in one line, without what cannot be seen; empty when there is none. */
export function readName(fields: FormFields): string {
  return authenticatorName(fields.text(NAME_FIELD));
}
