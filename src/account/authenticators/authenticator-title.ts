import { type Language, LOCALES } from '../../core/web/language/languages.js';
import { itemName } from '../../delivery/templates/item-names.js';
import type { TokenAssignment } from '../../tokens/token-assignment.entity.js';

/** What kind of thing it is, by the place that it fills, with a capital letter. */
export function kindName(language: Language, { slot }: Pick<TokenAssignment, 'slot'>): string {
  const name = itemName(slot ?? '', language);
  return name.charAt(0).toLocaleUpperCase(LOCALES[language]) + name.slice(1);
}

/** What its owner calls it, else what kind of thing it is. */
export function authenticatorTitle(language: Language, assignment: Pick<TokenAssignment, 'name' | 'slot'>): string {
  return assignment.name ?? kindName(language, assignment);
}
