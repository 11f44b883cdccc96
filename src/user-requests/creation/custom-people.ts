import { Injectable } from '@nestjs/common';
import { Database } from '../../core/database/database.js';
import { type FoundPerson, isUsable } from '../../core/directory/people.js';
import type { ConfigurationSnapshot } from '../../core/domains/configuration.js';
import { DomainError } from '../../core/errors/domain-error.js';
import { PeopleReach } from '../../people/people-reach.js';
import { PersonCreation } from '../../people/person-creation.js';
import { isMailAddress } from '../../people/readable-texts.js';
import { ApiRefusal } from '../../surfaces/oauth1/api-refusal.js';
import { PURPOSES } from '../request-types.js';
import { OtherRequestsRepository } from './other-requests.repository.js';
import { PeopleByName } from './people-by-name.js';
import { deliveryMethodFor } from './request-letters.js';
import { type RequestingAdministrator, RequestTargets } from './request-targets.js';
import type { Requested } from './requested.js';
import { RequestWriting, type WrittenRequest } from './request-writing.js';

/** `CUSTOM`: requests for people who are made when there are none yet (user-requests section 3). */
@Injectable()
export class CustomPeople {
  constructor(
    private readonly database: Database,
    private readonly targets: RequestTargets,
    private readonly byName: PeopleByName,
    private readonly reach: PeopleReach,
    private readonly creation: PersonCreation,
    private readonly others: OtherRequestsRepository,
    private readonly writing: RequestWriting,
  ) {}

  /**
   * @returns number and code; the person gets the PIN
   * @throws ApiRefusal 400, 403, 404 for a name that nobody has and that is no mail address
   * @throws DomainError `account-ambiguous`, `access-denied` and what the directory refuses
   */
  async create(
    snapshot: ConfigurationSnapshot,
    requested: Requested,
    caller: RequestingAdministrator,
  ): Promise<string> {
    const known = await this.known(snapshot, requested, caller);
    if (known) return this.forKnown(snapshot, requested, caller, known);
    if (!isMailAddress(requested.name)) throw ApiRefusal.notFound('user');
    await this.reach.requireLogin(caller, caller.home, requested.name);
    try {
      return await this.forNewcomer(snapshot, requested, caller);
    } catch (error) {
      if (!DomainError.is(error, 'login-taken')) throw error;
      // Another call made the person meanwhile.
      const made = await this.known(snapshot, requested, caller);
      if (!made) throw error;
      return this.forKnown(snapshot, requested, caller, made);
    }
  }

  /** By name, and by mail address: nobody is made whose mailbox is somebody's already. */
  private async known(
    snapshot: ConfigurationSnapshot,
    { name }: Requested,
    caller: RequestingAdministrator,
  ): Promise<FoundPerson | undefined> {
    return (await this.targets.find(snapshot, caller, name)) ?? this.byName.withMail(caller.home, name);
  }

  private async forKnown(
    snapshot: ConfigurationSnapshot,
    requested: Requested,
    caller: RequestingAdministrator,
    found: FoundPerson,
  ): Promise<string> {
    await this.targets.requireReach(caller, found, 'CUSTOM');
    const activates =
      found.account.state === 'deactivated' &&
      (await this.others.waitsForPin(this.database.manager, found.account.id, PURPOSES.CUSTOM.name));
    if (!activates && !isUsable(found)) throw new ApiRefusal(400, 'user is not active');
    if (deliveryMethodFor(snapshot, found) === 'NONE') throw new ApiRefusal(400, 'user has no email');
    return this.writing.write(snapshot, { requested, caller, found, receiptOpens: true, activates });
  }

  /** The person, the request and its letter are there together or not at all. */
  private async forNewcomer(
    snapshot: ConfigurationSnapshot,
    requested: Requested,
    caller: RequestingAdministrator,
  ): Promise<string> {
    const { name } = requested;
    let written: WrittenRequest | undefined;
    await this.creation.create(
      caller.home,
      { login: name, displayName: name, mail: name, language: requested.language, state: 'inactive' },
      caller,
      async (tx, found) => {
        const allowed = { requested, caller, found, receiptOpens: true, activates: true };
        written = await this.writing.writeIn(tx, snapshot, allowed, found.account);
      },
    );
    if (!written) throw new Error('a person was made without the request');
    return this.writing.settle(written);
  }
}
