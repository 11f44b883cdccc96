import { Injectable } from '@nestjs/common';
import { Directories } from '../../core/directory/directories.js';
import type { Person } from '../../core/directory/directory.js';
import { passwordHolder } from '../../core/directory/password-holder.js';
import { type FoundPerson, isUsable, People } from '../../core/directory/people.js';
import { Configuration } from '../../core/domains/configuration.js';
import type { Domain } from '../../core/domains/domain.entity.js';
import { DomainError } from '../../core/errors/domain-error.js';
import { MailHolders } from '../links/mail-holders.js';
import type { RecoveryOrder } from './recovery-order.js';
import { pwdResetAllowed } from './recovery-settings.js';

/** Accounts that one address may be mailed about at once (iam-rest section 4.2). */
const MOST = 5;

/** Whom the key of a recovery means, as far as a link may be sent to them (iam-rest section 4.2, *Lookup*). */
@Injectable()
export class RecoverablePeople {
  constructor(
    private readonly configuration: Configuration,
    private readonly directories: Directories,
    private readonly people: People,
    private readonly holders: MailHolders,
  ) {}

  /**
   * At most five. A domain that cannot be asked does not keep the others' people from being found.
   *
   * @throws DomainError of category `unavailable` when nobody was found and a directory could not be asked
   */
  async find({ key, domain: name }: Pick<RecoveryOrder, 'key' | 'domain'>): Promise<FoundPerson[]> {
    const snapshot = await this.configuration.snapshot();
    const named = name === null ? undefined : snapshot.domain(name);
    const asked = name === null ? snapshot.domains.filter(({ blocked }) => !blocked) : named ? [named] : [];
    const allowed = asked.filter(({ id }) => snapshot.setting(pwdResetAllowed, id));
    const found = new Map<string, FoundPerson>();
    let away: DomainError | undefined;
    for (const domain of allowed) {
      try {
        for (const person of await this.inDomain(domain, key, named !== undefined)) {
          if (found.size >= MOST) break;
          // Two domains may show the same person of one directory; one letter is enough.
          const holder = passwordHolder(domain, person.person);
          if (!found.has(holder) && mayRecover(person)) found.set(holder, person);
        }
      } catch (error) {
        if (!DomainError.is(error) || error.category !== 'unavailable') throw error;
        away ??= error;
      }
    }
    if (found.size === 0 && away) throw away;
    return [...found.values()];
  }

  private async inDomain(domain: Domain, key: string, byLoginToo: boolean): Promise<FoundPerson[]> {
    const directory = await this.directories.for(domain);
    const people: Person[] = [];
    if (key.includes('@')) {
      people.push(...(await this.holders.find(domain, key, MOST)).map(({ person }) => person));
    }
    if (byLoginToo) {
      const person = await directory.findByLogin(key).catch(nobodyIfAmbiguous);
      if (person && !people.some(({ key: known }) => known === person.key)) people.push(person);
    }
    const found: FoundPerson[] = [];
    for (const person of people) found.push(await this.people.of(domain, directory, person));
    return found;
  }
}

function mayRecover(found: FoundPerson): boolean {
  return isUsable(found) && found.person.mayChangePassword && found.person.mail !== undefined;
}

function nobodyIfAmbiguous(error: unknown): undefined {
  if (!DomainError.is(error, 'account-ambiguous')) throw error;
  return undefined;
}
