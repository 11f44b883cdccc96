import { Injectable } from '@nestjs/common';
import { Administrators } from '../../core/administrators/administrators.js';
import type { PlainSecret } from '../../core/crypto/secret-types.js';
import { Database } from '../../core/database/database.js';
import { capability } from '../../core/directory/capabilities/capability.js';
import { Directories } from '../../core/directory/directories.js';
import type { Directory, Person } from '../../core/directory/directory.js';
import { People } from '../../core/directory/people.js';
import { Configuration } from '../../core/domains/configuration.js';
import type { Domain } from '../../core/domains/domain.entity.js';
import { DomainError } from '../../core/errors/domain-error.js';
import type { OneTimeRequest } from '../../core/requests/one-time-request.entity.js';
import { OneTimeRequests } from '../../core/requests/one-time-requests.js';
import type { RequestActor } from '../../core/requests/request-actor.js';
import { Profiles } from '../../people/profiles.js';
import { newAccount } from './new-account.js';
import { selfRegisterTemplate } from './registration-settings.js';

/**
 * Makes the account of a registration: the claim lets one submission through, the directory decides between several
 * logins, and the request ends in the transaction that writes what is ours.
 */
@Injectable()
export class AccountCreation {
  constructor(
    private readonly database: Database,
    private readonly configuration: Configuration,
    private readonly directories: Directories,
    private readonly people: People,
    private readonly administrators: Administrators,
    private readonly requests: OneTimeRequests,
    private readonly profiles: Profiles,
  ) {}

  /**
   * @returns undefined when another submission carries it out, or has done so
   * @throws DomainError `login-taken` and whatever the directory refuses; the request lives on then
   */
  async create(
    domain: Domain,
    request: OneTimeRequest,
    password: PlainSecret,
    by: RequestActor,
  ): Promise<Person | undefined> {
    const claimed = await this.database.transaction((tx) => this.requests.claim(tx, request, { from: 'unopened' }));
    if (!claimed) return undefined;
    try {
      return await this.carryOut(domain, claimed, password, by);
    } catch (error) {
      await this.database.transaction((tx) => this.requests.release(tx, claimed));
      throw error;
    }
  }

  private async carryOut(
    domain: Domain,
    claimed: OneTimeRequest,
    password: PlainSecret,
    by: RequestActor,
  ): Promise<Person> {
    // A role that waits for this login must not fall to a stranger (attack class 19).
    if (await this.administrators.roleOfLogin(domain, claimed.login)) throw new DomainError('login-taken');
    const directory = await this.directories.for(domain);
    const template = (await this.configuration.snapshot()).setting(selfRegisterTemplate, domain.id);
    const wanted = newAccount(template, claimed, password);
    const made = await capability(directory, 'registry').create(wanted);
    const accountId = await this.accountOf(domain, directory, made.person).catch(made.undo);
    await this.database
      .transaction(async (tx) => {
        await made.write(tx);
        if (accountId !== undefined) await this.profiles.keep(tx, accountId, wanted.profile ?? {});
        const completed = await this.requests.complete(tx, claimed, { ...by, target: made.person.dn });
        // It took so long that the claim was taken for lost.
        if (!completed) throw new DomainError('request-not-valid');
      })
      .catch(made.undo);
    return made.person;
  }

  /** Our account, for people whose profile is kept with it; undefined where the directory keeps it. */
  private async accountOf(domain: Domain, directory: Directory, person: Person): Promise<string | undefined> {
    if (directory.kind === 'builtin') return undefined;
    return (await this.people.of(domain, directory, person)).account.id;
  }
}
