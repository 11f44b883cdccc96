import type { JSX } from 'preact';
import type { FormFields } from '../../core/web/form-fields.js';
import { ItemField } from './item-form.js';
import type { ItemProblem } from './item-problem.js';

export const NAME_FIELD = 'name';
/** Characters of the longest name. */
const LONGEST_NAME = 60;

interface Props {
  readonly label: string;
  readonly hint: string;
  readonly value: string;
  readonly problem: ItemProblem | undefined;
}

/** What the person calls an authenticator of which there may be several. */
export function NameField({ label, hint, value, problem }: Props): JSX.Element {
  return (
    <ItemField name={NAME_FIELD} label={label} hint={hint} value={value} maxLength={LONGEST_NAME} problem={problem} />
  );
}

/** The name in one line, without what cannot be seen; empty when there is none. */
export function readName(fields: FormFields): string {
  return fields
    .text(NAME_FIELD)
    .replaceAll(/[\p{Cc}\p{Cf}]+/gu, ' ')
    .trim()
    .slice(0, LONGEST_NAME);
}
