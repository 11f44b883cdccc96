import { Injectable } from '@nestjs/common';
import { Directories } from '../../core/directory/directories.js';
import type { Person } from '../../core/directory/directory.js';
import { type FoundPerson, People } from '../../core/directory/people.js';
import type { ConfigurationSnapshot } from '../../core/domains/configuration.js';
import type { Domain } from '../../core/domains/domain.entity.js';
import { isStorableText } from '../../core/web/storable-text.js';
import { loginWithEmail } from './creation-settings.js';

/** Who is meant by the name in the path of a user request (user-requests section 3). */
@Injectable()
export class PeopleByName {
  constructor(
    private readonly directories: Directories,
    private readonly people: People,
  ) {}

  /**
   * The person with this login; where the domain logs in with email, the one with this mail address and no other.
   *
   * @throws DomainError `account-ambiguous`, `directory-unavailable`
   */
  async find(snapshot: ConfigurationSnapshot, domain: Domain, name: string): Promise<FoundPerson | undefined> {
    // Directories compare by their own rules; a character that none of them stores is in nobody's name.
    if (!isStorableText(name) || name === '') return undefined;
    if (snapshot.setting(loginWithEmail, domain.id)) return this.withMail(domain, name);
    const directory = await this.directories.for(domain);
    return this.found(domain, await directory.findByLogin(name));
  }

  /** The one person with this mail address. @throws DomainError as {@link find} */
  async withMail(domain: Domain, mail: string): Promise<FoundPerson | undefined> {
    if (!isStorableText(mail) || !mail.includes('@')) return undefined;
    const directory = await this.directories.for(domain);
    return this.found(domain, await directory.findByMail(mail));
  }

  private async found(domain: Domain, person: Person | undefined): Promise<FoundPerson | undefined> {
    return person && this.people.of(domain, await this.directories.for(domain), person);
  }
}
