import { Injectable } from '@nestjs/common';
import { Directories } from '../../core/directory/directories.js';
import type { Directory, Person } from '../../core/directory/directory.js';
import type { Domain } from '../../core/domains/domain.entity.js';
import { DomainError } from '../../core/errors/domain-error.js';

/** Somebody with a mail address. */
export interface MailHolder {
  readonly directory: Directory;
  readonly person: Person;
  /** As the directory has it. */
  readonly mail: string;
}

/** Who has a mail address in a domain; several may. */
@Injectable()
export class MailHolders {
  constructor(private readonly directories: Directories) {}

  /** At most `most` of them. */
  async find(domain: Domain, mail: string, most: number): Promise<MailHolder[]> {
    const directory = await this.directories.for(domain);
    const people = await peopleWith(directory, mail, most);
    return people.flatMap((person) => (person.mail === undefined ? [] : [{ directory, person, mail: person.mail }]));
  }
}

async function peopleWith(directory: Directory, mail: string, most: number): Promise<readonly Person[]> {
  try {
    const found = await directory.findByMail(mail);
    return found ? [found] : [];
  } catch (error) {
    if (!DomainError.is(error, 'account-ambiguous') || !directory.list) throw error;
    return (await directory.list.page({ where: { mail }, offset: 0, limit: most })).people;
  }
}
