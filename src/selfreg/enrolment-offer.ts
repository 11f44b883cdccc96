import type { ConfigurationSnapshot } from '../core/domains/configuration-snapshot.js';
import { pushSlots } from '../tokens/kinds/push/push-settings.js';
import { appKeySlots, fidoSlots, NUMBERED_FAMILIES, slotName, tokenSlots } from '../tokens/slots.js';
import { type Choice, choiceOf, CHOICES, type EnrolmentScope, FAMILY_OF } from './items.js';
import { allowedApplications, allowedItems } from './selfreg-settings.js';

/** Emergency codes that a person may have at a time. */
const OTHER_NUMBERED = 10;

/** What the page offers: everything that the link's scope and the domain's settings both allow. */
export function offeredChoices(
  snapshot: ConfigurationSnapshot,
  domainId: string,
  { application, item }: EnrolmentScope,
): Choice[] {
  const items = snapshot.setting(allowedItems, domainId);
  const applications = snapshot.setting(allowedApplications, domainId);
  const signsCertificates = snapshot.declared('certificate-authority').length > 0;
  return (Object.keys(CHOICES) as Choice[]).filter(
    (choice) =>
      items.includes(choice) &&
      (choice !== 'Certificate' || signsCertificates) &&
      applications.includes(CHOICES[choice]) &&
      (application === undefined || CHOICES[choice] === application) &&
      (item === undefined || choiceOf(item).choice === choice),
  );
}

/** The slots of a choice that the link may fill, in their order: the one that the item names, or all of the family. */
export function offeredSlots(
  snapshot: ConfigurationSnapshot,
  domainId: string,
  choice: Choice,
  { item }: EnrolmentScope,
): string[] {
  const named = item === undefined ? undefined : choiceOf(item);
  if (named?.choice === choice && named.slot !== undefined) return [named.slot];
  const family = FAMILY_OF[choice];
  if (!NUMBERED_FAMILIES.some((numbered) => numbered === family)) return [family];
  const settings = { Token: tokenSlots, FIDO: fidoSlots, AppKey: appKeySlots, Push: pushSlots } as const;
  const counted = Object.entries(settings).find(([name]) => name === family);
  const count = counted ? snapshot.setting(counted[1], domainId) : OTHER_NUMBERED;
  return Array.from({ length: count }, (_, index) => slotName(family, index + 1));
}
