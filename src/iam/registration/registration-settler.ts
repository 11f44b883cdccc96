import { Injectable } from '@nestjs/common';
import { Database } from '../../core/database/database.js';
import { Directories } from '../../core/directory/directories.js';
import type { Person } from '../../core/directory/directory.js';
import { Configuration } from '../../core/domains/configuration.js';
import { InterruptedSubmissions, type SubmissionSettler } from '../../core/requests/interrupted-submissions.js';
import type { OneTimeRequest } from '../../core/requests/one-time-request.entity.js';
import { OneTimeRequests } from '../../core/requests/one-time-requests.js';
import { SYSTEM } from '../../core/requests/request-actor.js';
import { selfRegistration } from '../links/link-purposes.js';

/**
 * Ends registrations whose process died after a remote directory had made the account: completes the request when the
 * account is there with the address that was proved, so that its person is not told for a day that the login is taken
 * (attack class 54). Our own directory commits the account with the request.
 */
@Injectable()
export class RegistrationSettler implements SubmissionSettler {
  constructor(
    submissions: InterruptedSubmissions,
    private readonly database: Database,
    private readonly configuration: Configuration,
    private readonly directories: Directories,
    private readonly requests: OneTimeRequests,
  ) {
    submissions.settleWith(selfRegistration, this);
  }

  async settle(claimed: OneTimeRequest): Promise<void> {
    const made = await this.madeBy(claimed);
    await this.database.transaction(async (tx) => {
      if (!made) return this.requests.release(tx, claimed);
      await this.requests.complete(tx, claimed, { ...SYSTEM, target: made.dn, detail: { interrupted: true } });
    });
  }

  private async madeBy({ domainId, login, payload }: OneTimeRequest): Promise<Person | undefined> {
    const domain = (await this.configuration.snapshot()).domainById(domainId);
    if (!domain || domain.directory === 'builtin') return undefined;
    const person = await (await this.directories.for(domain)).findByLogin(login);
    const same = person?.mail !== undefined && person.mail.toLowerCase() === payload['email'];
    return same && !person.disabled ? person : undefined;
  }
}
