import { DomainError } from '../../core/errors/domain-error.js';
import type { FormFields } from '../../core/web/form-fields.js';
import type { Placement } from '../../tokens/enrolment/enrolments.js';
import type { Offer } from './enrolment-sessions.js';

/** Names of the fields that say where something goes. */
export const SLOT_FIELD = 'slot';
/** The assignment that the person agreed to replace; empty for none. */
export const REPLACES_FIELD = 'replaces';

/**
 * Reads where the person wants something to go. A filled place is taken only with the person's consent to exactly what
 * fills it (manager-json-rpc section 10.1, last line of step 4).
 *
 * @throws DomainError `slot-taken` when the place is filled without consent, or by something else than was shown;
 *   `form-not-valid` for a place that is not offered
 */
export function readPlacement(fields: FormFields, offer: Offer): Pick<Placement, 'slot' | 'replaces'> {
  const slot = fields.text(SLOT_FIELD);
  const offered = offer.slots.find((candidate) => candidate.slot === slot);
  if (!offered) throw new DomainError('form-not-valid', { detail: 'a place that is not offered' });
  const replaces = fields.optional(REPLACES_FIELD) ?? '';
  const filledBy = offered.filled?.assignment.id ?? '';
  if (replaces !== filledBy) throw new DomainError('slot-taken');
  return { slot, ...(replaces !== '' && { replaces }) };
}
