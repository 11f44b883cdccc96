import type { JSX } from 'preact';
import type { Language } from '../../core/web/language/languages.js';
import { itemName } from '../../delivery/templates/item-names.js';
import { freeFirst } from '../enrolling/free-first.js';
import { REPLACES_FIELD, SLOT_FIELD } from '../enrolling/read-placement.js';
import type { Offer, OfferedSlot } from '../enrolling/enrolment-sessions.js';
import { ENROLMENT_TEXTS } from './texts/enrolment-texts.js';

interface Props {
  readonly language: Language;
  readonly offer: Offer;
}

/**
 * Where a new authenticator goes: without a question into the first free place, and where there is none, or the link
 * names one that is filled, only after the person has agreed to replace what is there.
 */
export function SlotChoice({ language, offer }: Props): JSX.Element {
  const texts = ENROLMENT_TEXTS[language].slot;
  const place = freeFirst(offer);
  if (!place.filled) {
    return (
      <>
        <input type="hidden" name={SLOT_FIELD} value={place.slot} />
        <input type="hidden" name={REPLACES_FIELD} value="" />
      </>
    );
  }
  const { filled } = place;
  return (
    <fieldset class="field">
      <legend>{texts.heading}</legend>
      <p>{texts.replace(slotLabel(place, language))}</p>
      <input type="hidden" name={SLOT_FIELD} value={place.slot} />
      <label class="check">
        <input type="checkbox" name={REPLACES_FIELD} value={filled.assignment.id} required />
        <span>{texts.confirm}</span>
      </label>
    </fieldset>
  );
}

/** What fills a place, in the person's own words where they gave it a name. */
function slotLabel({ slot, filled }: OfferedSlot, language: Language): string {
  return filled?.assignment.name ?? itemName(slot, language);
}
