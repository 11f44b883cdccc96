import type { ConfigurationSnapshot } from '../../core/domains/configuration.js';
import type { Domain } from '../../core/domains/domain.entity.js';
import { foldName } from '../../core/domains/fold-name.js';
import { selfRegisterAllowed, selfRegisterDomains, selfRegisterMode } from './registration-settings.js';

/** The domains in which people may register by themselves (iam-rest section 7), by name. */
export function openDomains(snapshot: ConfigurationSnapshot): Domain[] {
  const mode = snapshot.setting(selfRegisterMode);
  if (mode === 'off') return [];
  const listed = new Set(snapshot.setting(selfRegisterDomains).map(foldName));
  return snapshot.domains.filter(
    ({ id, nameKey, blocked }) =>
      !blocked && snapshot.setting(selfRegisterAllowed, id) && (mode === 'poll' || listed.has(nameKey)),
  );
}

/** Whether people may register in this domain by themselves. */
export function isOpen(snapshot: ConfigurationSnapshot, { id }: Pick<Domain, 'id'>): boolean {
  return openDomains(snapshot).some((domain) => domain.id === id);
}
