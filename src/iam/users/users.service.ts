import { Injectable } from '@nestjs/common';
import type { AdministratorCaller } from '../../core/administrators/administrator-caller.js';
import { auditedCall } from '../../core/administrators/audited-call.js';
import { Audit } from '../../core/audit/audit.js';
import { Database } from '../../core/database/database.js';
import { Accounts } from '../../core/directory/accounts.js';
import { capability } from '../../core/directory/capabilities/capability.js';
import type { FoundPerson } from '../../core/directory/people.js';
import { OneTimeRequests } from '../../core/requests/one-time-requests.js';
import { Sessions } from '../../sessions/sessions.js';
import type { RestRow } from '../../surfaces/iam-rest/list-rows.js';
import { Profiles } from './profiles.js';
import { changesOf, mergedProfile, type UserForm } from './user-form.js';
import type { UserProfile } from './user-profile.js';
import { userView } from './user-view.js';

/** Users one by one: shown, changed and removed (iam-rest section 7). */
@Injectable()
export class UsersService {
  constructor(
    private readonly database: Database,
    private readonly accounts: Accounts,
    private readonly profiles: Profiles,
    private readonly requests: OneTimeRequests,
    private readonly sessions: Sessions,
    private readonly audit: Audit,
  ) {}

  async show(found: FoundPerson, withPassword: boolean): Promise<RestRow> {
    return userView(found.person, await this.profileOf(found), withPassword);
  }

  /**
   * Changes everything but the password.
   *
   * @throws DomainError `login-taken`, `attribute-not-valid`, `directory-unsupported`, `directory-rights-missing`
   */
  async change(found: FoundPerson, form: UserForm, by: AdministratorCaller): Promise<FoundPerson> {
    const { directory, person } = found;
    const registry = capability(directory, 'registry');
    const changes = changesOf(form);
    const changed = Object.keys(changes).length === 0 ? person : await registry.change(person, changes);
    if (Object.keys(form.profile).length > 0) await this.keepProfile(found, form);
    if (form.blocked !== undefined && form.blocked !== person.disabled) {
      await registry.setDisabled(changed, form.blocked);
      if (form.blocked) await this.close(found, 'blocked');
    }
    await this.audit.record(this.database.manager, {
      event: 'user.changed',
      outcome: 'success',
      ...auditedCall(by, found),
    });
    return { ...found, person: { ...changed, disabled: form.blocked ?? person.disabled } };
  }

  /** Keeps the profile of somebody who changes their own. */
  async keepProfile(found: FoundPerson, form: Pick<UserForm, 'profile'>): Promise<void> {
    const { directory, person, account } = found;
    const kept = await this.profileOf(found);
    const profile = mergedProfile(kept, form);
    if (directory.kind === 'builtin') await capability(directory, 'registry').change(person, { profile });
    else await this.profiles.keep(this.database.manager, account.id, profile);
  }

  /** @throws DomainError `directory-rights-missing` */
  async remove(found: FoundPerson, by: AdministratorCaller): Promise<void> {
    await capability(found.directory, 'registry').remove(found.person);
    await this.close(found, 'account-closed');
    await this.database.transaction(async (tx) => {
      await this.profiles.forget(tx, found.account.id);
      await this.audit.record(tx, { event: 'user.removed', outcome: 'success', ...auditedCall(by, found) });
    });
  }

  /** Ends the links and sessions of somebody who is out. */
  private async close({ account: { id } }: FoundPerson, reason: 'blocked' | 'account-closed'): Promise<void> {
    await this.database.transaction(async (tx) => {
      const account = await this.accounts.lock(tx, id);
      await this.requests.cancel(tx, account, { reason });
      await this.sessions.endAll(tx, id, 'person-gone');
    });
  }

  private async profileOf({ domain, directory, person }: FoundPerson): Promise<UserProfile | undefined> {
    return (await this.profiles.of(domain, directory, [person])).get(person.key);
  }
}
