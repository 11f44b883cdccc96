import type { ComponentChildren, JSX } from 'preact';
import type { ItemVisit } from '../enrolling/item-desk.js';
import { type FormTarget, ItemField, ItemForm } from './item-form.js';
import type { ItemProblem } from './item-problem.js';
import { SlotChoice } from './slot-choice.js';

export const CODE_FIELD = 'code';
/** The pending authenticator that is proved. */
export const PENDING_FIELD = 'pending';

interface Props extends FormTarget {
  readonly item: Pick<ItemVisit, 'visit' | 'offer'>;
  /** Id of the pending assignment. */
  readonly pending: string;
  readonly label: string;
  readonly hint?: string;
  readonly inputMode?: 'numeric' | 'text';
  readonly button: string;
  readonly problem?: ItemProblem | undefined;
  /** Before the field. */
  readonly children?: ComponentChildren;
}

/** The form that proves a pending authenticator and says where it goes. */
export function ProofForm({ item, pending, action, csrf, label, hint, problem, ...rest }: Props): JSX.Element {
  const { visit, offer } = item;
  const { inputMode = 'numeric', button, children } = rest;
  return (
    <ItemForm visit={visit} action={action} csrf={csrf} button={button}>
      <input type="hidden" name={PENDING_FIELD} value={pending} />
      {children}
      <ItemField
        name={CODE_FIELD}
        label={label}
        {...(hint !== undefined && { hint })}
        inputMode={inputMode}
        autocomplete="one-time-code"
        problem={problem}
      />
      <SlotChoice language={visit.language} offer={offer} />
    </ItemForm>
  );
}
