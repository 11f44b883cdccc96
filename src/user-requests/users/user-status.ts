import { Injectable } from '@nestjs/common';
import type { AdministratorCaller } from '../../core/administrators/administrator-caller.js';
import type { FoundPerson } from '../../core/directory/people.js';
import { DomainError } from '../../core/errors/domain-error.js';
import { PersonChange } from '../../people/person-change.js';
import { PersonStates } from '../../people/person-states.js';
import { ApiRefusal } from '../../surfaces/oauth1/api-refusal.js';
import { isActive } from './user-view.js';

/** The two states of a user on the wire (user-requests section 8). */
export type UserStatus = 'ACTIVE' | 'INACTIVE';

/** Reads a status; the vendor's own sample sends it inside quotation marks. @throws ApiRefusal 400 */
export function readStatus(text: string): UserStatus {
  const word = /^"(.*)"$/s.exec(text)?.[1] ?? text;
  if (word === 'ACTIVE' || word === 'INACTIVE') return word;
  throw ApiRefusal.parameter('status', 'unknown value');
}

export function statusOf({ person, account }: FoundPerson): UserStatus {
  return isActive(person, account) ? 'ACTIVE' : 'INACTIVE';
}

/**
 * Switches users on and off. `INACTIVE` is ours, so that it works in every directory and leaves what else a person does
 * with their directory alone; `ACTIVE` lifts the directory's own switch too, so that it is the truth afterwards.
 */
@Injectable()
export class UserStatuses {
  constructor(
    private readonly states: PersonStates,
    private readonly people: PersonChange,
  ) {}

  /**
   * Setting the status that somebody has is no error.
   *
   * @throws DomainError `access-denied` for switching oneself off; `account-expired`, `directory-unsupported`,
   *   `directory-rights-missing` where the directory keeps somebody out
   */
  async set(found: FoundPerson, status: UserStatus, by: AdministratorCaller): Promise<void> {
    if (status === 'INACTIVE') {
      await this.states.deactivate(found, by);
      return;
    }
    if (found.person.expired) throw new DomainError('account-expired', { params: { dn: found.person.dn } });
    if (found.person.disabled) {
      await this.people.change(found, { disabled: false }, by);
    }
    await this.states.activate(found, by);
  }
}
