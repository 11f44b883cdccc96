import { Injectable } from '@nestjs/common';
import type { AdministratorCaller } from '../core/administrators/administrator-caller.js';
import { auditedCall } from '../core/administrators/audited-call.js';
import { isOwnAccount } from '../core/administrators/own-account.js';
import { Audit } from '../core/audit/audit.js';
import { Database } from '../core/database/database.js';
import { Accounts } from '../core/directory/accounts.js';
import { capability } from '../core/directory/capabilities/capability.js';
import type { PersonChanges } from '../core/directory/capabilities/person-registry.js';
import type { FoundPerson } from '../core/directory/people.js';
import { DomainError } from '../core/errors/domain-error.js';
import type { PersonProfile } from './person-profile.js';
import { PersonStates } from './person-states.js';
import { Profiles } from './profiles.js';

/** What is to be another of a person; what is absent stays. */
export interface WantedChanges {
  /** The directory's own fields. */
  readonly fields?: Omit<PersonChanges, 'profile'> | undefined;
  /** As {@link Profiles.merge} takes it. */
  readonly profile?: PersonProfile | undefined;
  /** The directory's own switch. */
  readonly disabled?: boolean | undefined;
}

/** Changes and removes people for administrators. */
@Injectable()
export class PersonChange {
  constructor(
    private readonly database: Database,
    private readonly accounts: Accounts,
    private readonly profiles: Profiles,
    private readonly states: PersonStates,
    private readonly audit: Audit,
  ) {}

  /**
   * Changes everything but the password, and gives the person as they are then. Nobody changes the addresses of their own
   * account like this: links and passcodes go there, so that who has got hold of a session would have the account.
   *
   * @throws DomainError `access-denied`, `login-taken`, `attribute-not-valid`, `directory-unsupported`, `directory-rights-missing`
   */
  async change(
    found: FoundPerson,
    { fields = {}, profile = {}, disabled }: WantedChanges,
    by: AdministratorCaller,
  ): Promise<FoundPerson> {
    const { directory, person } = found;
    if (movesAddress(found, fields) && (await isOwnAccount(this.accounts, by, found))) {
      throw new DomainError('access-denied', { detail: 'the own address' });
    }
    const registry = capability(directory, 'registry');
    const changed = Object.keys(fields).length === 0 ? person : await registry.change(person, fields);
    if (Object.keys(profile).length > 0) await this.profiles.merge(found, profile);
    if (disabled !== undefined && disabled !== person.disabled) {
      await registry.setDisabled(changed, disabled);
      if (disabled) await this.close(found, 'blocked');
    }
    await this.audit.record(this.database.manager, {
      event: 'user.changed',
      outcome: 'success',
      ...auditedCall(by, found),
    });
    return { ...found, person: { ...changed, disabled: disabled ?? person.disabled } };
  }

  /** Removes a person for good. @throws DomainError `directory-rights-missing` */
  async remove(found: FoundPerson, by: AdministratorCaller): Promise<void> {
    await capability(found.directory, 'registry').remove(found.person);
    await this.close(found, 'account-closed');
    await this.database.transaction(async (tx) => {
      await this.profiles.forget(tx, found.account.id);
      await this.audit.record(tx, { event: 'user.removed', outcome: 'success', ...auditedCall(by, found) });
    });
  }

  private async close({ account: { id } }: FoundPerson, reason: 'blocked' | 'account-closed'): Promise<void> {
    await this.database.transaction(async (tx) => {
      await this.states.close(tx, await this.accounts.lock(tx, id), reason);
    });
  }
}

function movesAddress({ person }: FoundPerson, { mail, mobile }: Omit<PersonChanges, 'profile'>): boolean {
  return isOther(mail, person.mail) || isOther(mobile, person.mobile);
}

/** Whether something else is wanted than is there; null stands for nothing. */
export function isOther(wanted: string | null | undefined, present: string | undefined): wanted is string | null {
  return wanted !== undefined && wanted !== (present ?? null);
}
