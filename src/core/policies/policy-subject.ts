import type { Directory, Person } from '../directory/directory.js';
import type { ConfigurationSnapshot } from '../domains/configuration-snapshot.js';
import type { Domain } from '../domains/domain.entity.js';
import type { PolicySubject } from './policy.js';
import { readsGroups } from './policy-model.js';

/**
 * A person as policies see them. Groups are read from the directory only where a policy of the domain is for one.
 *
 * @throws DomainError `directory-unavailable`, `directory-misconfigured`: who cannot be told apart gets in by no policy
 */
export async function policySubject(
  snapshot: ConfigurationSnapshot,
  found: {
    readonly domain: Pick<Domain, 'id'>;
    readonly directory: Pick<Directory, 'groups'>;
    readonly person: Person;
  },
): Promise<PolicySubject & { readonly domainId: string }> {
  const { domain, directory, person } = found;
  const groups = readsGroups(snapshot, domain.id) ? await directory.groups?.of(person) : undefined;
  return {
    domainId: domain.id,
    logins: [person.login, ...(person.logins ?? [])],
    dn: person.dn,
    groups: groups?.flatMap(({ name, dn }) => [name, dn]) ?? [],
  };
}
