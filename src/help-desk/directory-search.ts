import { Injectable } from '@nestjs/common';
import type { AdministratorCaller } from '../core/administrators/administrator-caller.js';
import { ReachablePeople } from '../core/administrators/reachable-people.js';
import { capability } from '../core/directory/capabilities/capability.js';
import type { FoundObjects, ObjectQuery } from '../core/directory/capabilities/object-search.js';
import { Directories } from '../core/directory/directories.js';
import { isDistinguishedName } from '../core/directory/distinguished-name.js';
import { Configuration } from '../core/domains/configuration.js';
import { DomainError } from '../core/errors/domain-error.js';

/** Free search in the directories of the domains that a caller reaches. */
@Injectable()
export class DirectorySearch {
  constructor(
    private readonly people: ReachablePeople,
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
        return await capability(directory, 'search').find(query);
      } catch (error) {
        if (!DomainError.is(error, 'account-not-found')) throw error;
      }
    }
    throw new DomainError('account-not-found', { params: { dn: baseDn } });
  }
}
