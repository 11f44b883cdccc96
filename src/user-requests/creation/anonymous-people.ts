import { Injectable } from '@nestjs/common';
import { passwordHolder } from '../../core/directory/password-holder.js';
import { type FoundPerson, isUsable } from '../../core/directory/people.js';
import { Configuration, type ConfigurationSnapshot } from '../../core/domains/configuration.js';
import type { Domain } from '../../core/domains/domain.entity.js';
import { DomainError } from '../../core/errors/domain-error.js';
import type { RequestType } from '../request-types.js';
import { publicDomains } from './anonymous-requests.js';
import { PeopleByName } from './people-by-name.js';

/** Whom a stranger means. The public call names no domain. */
@Injectable()
export class AnonymousPeople {
  constructor(
    private readonly configuration: Configuration,
    private readonly people: PeopleByName,
  ) {}

  /**
   * The one person of this name in the domains that have public requests, as far as anything may be done for them. Two
   * domains may show the same person of one directory; two people of one name are nobody.
   *
   * @throws DomainError of category `unavailable` when nobody was found and a directory could not be asked
   */
  async find(name: string, type: RequestType): Promise<FoundPerson | undefined> {
    const snapshot = await this.configuration.snapshot();
    const found = new Map<string, FoundPerson>();
    let away: DomainError | undefined;
    for (const domain of publicDomains(snapshot)) {
      try {
        const person = await this.inDomain(snapshot, domain, name);
        if (person === 'several') return undefined;
        const holder = person && passwordHolder(domain, person.person);
        if (holder !== undefined && !found.has(holder)) found.set(holder, person as FoundPerson);
      } catch (error) {
        if (!DomainError.is(error) || error.category !== 'unavailable') throw error;
        away ??= error;
      }
    }
    if (found.size === 0 && away) throw away;
    const [only] = found.values();
    return only && found.size === 1 && mayAsk(only, type) ? only : undefined;
  }

  private async inDomain(
    snapshot: ConfigurationSnapshot,
    domain: Domain,
    name: string,
  ): Promise<FoundPerson | 'several' | undefined> {
    try {
      return await this.people.find(snapshot, domain, name);
    } catch (error) {
      if (!DomainError.is(error, 'account-ambiguous')) throw error;
      return 'several';
    }
  }
}

function mayAsk(found: FoundPerson, type: RequestType): boolean {
  return isUsable(found) && (type !== 'PASSWORD_RESET' || found.person.mayChangePassword);
}
