import { Injectable } from '@nestjs/common';
import type { AdministratorCaller } from '../core/administrators/administrator-caller.js';
import { ReachablePeople } from '../core/administrators/reachable-people.js';
import { capability } from '../core/directory/capabilities/capability.js';
import type { FoundObjects, ObjectQuery } from '../core/directory/capabilities/object-search.js';
import { Directories } from '../core/directory/directories.js';
import { below, isDistinguishedName } from '../core/directory/distinguished-name.js';
import { Configuration } from '../core/domains/configuration.js';
import { DomainError } from '../core/errors/domain-error.js';
import { SeenPeople } from '../people/seen-people.js';

/** Free search in the directories of the domains that a caller reaches; who is in no list of theirs is not found either. */
@Injectable()
export class DirectorySearch {
  constructor(
    private readonly people: ReachablePeople,
    private readonly seen: SeenPeople,
    private readonly directories: Directories,
    private readonly configuration: Configuration,
  ) {}

  /**
   * Searches in the first directory that has the base.
   *
   * @throws DomainError `dn-not-valid`, `filter-not-valid`, `account-not-found` with the base when no directory has it
   */
  async find(caller: AdministratorCaller, query: ObjectQuery & { readonly baseDn: string }): Promise<FoundObjects> {
    const { baseDn } = query;
    if (!isDistinguishedName(baseDn)) throw new DomainError('dn-not-valid', { params: { dn: baseDn } });
    for (const domain of this.people.domains(await this.configuration.snapshot(), caller)) {
      const directory = await this.directories.for(domain);
      try {
        const found = await capability(directory, 'search').find(query);
        const unseen = await this.seen.unseen(caller, domain, directory);
        const isUnseen = (dn: string): boolean => unseen.some((person) => below(dn, person.dn) !== undefined);
        return { ...found, objects: found.objects.filter(({ dn }) => !isUnseen(dn)) };
      } catch (error) {
        if (!DomainError.is(error, 'account-not-found')) throw error;
      }
    }
    throw new DomainError('account-not-found', { params: { dn: baseDn } });
  }
}
