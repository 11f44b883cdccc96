import { Injectable } from '@nestjs/common';
import { Database } from '../core/database/database.js';
import { Accounts } from '../core/directory/accounts.js';
import { type FoundPerson, People } from '../core/directory/people.js';
import { Configuration } from '../core/domains/configuration.js';
import { InterruptedSubmissions, type SubmissionSettler } from '../core/requests/interrupted-submissions.js';
import type { OneTimeRequest } from '../core/requests/one-time-request.entity.js';
import { OneTimeRequests } from '../core/requests/one-time-requests.js';
import type { RequestPurpose } from '../core/requests/request-purpose.js';
import type { Setting } from '../core/settings/setting.js';
import { Lockout } from './lockout.js';
import { PasswordConsequences } from './password-consequences.js';
import { actorOf, type PasswordTask } from './password-task.js';

/**
 * Ends submissions of new passwords whose process died after a remote directory had taken the password: completes the
 * request as that process would have (attack class 54).
 *
 * Whether the directory took it is told from the directory's own time of the last change alone, now and as it stood
 * when the claim was made, so no clock of ours is compared with one of its. A change by another tool in between looks
 * the same, and the same follows from it: links and sessions must die, and the person be told. A directory that does
 * not tell that time leaves the request to be submitted once more.
 */
@Injectable()
export class InterruptedPasswordChange implements SubmissionSettler {
  private readonly unlocks = new Map<string, Setting<boolean>>();

  constructor(
    private readonly database: Database,
    private readonly configuration: Configuration,
    private readonly accounts: Accounts,
    private readonly people: People,
    private readonly requests: OneTimeRequests,
    private readonly consequences: PasswordConsequences,
    private readonly lockout: Lockout,
  ) {}

  /**
   * Looks after requests of a purpose that end with a new password.
   *
   * @param unlocks whether a lock after failed log-ons is lifted then
   */
  lookAfter(submissions: InterruptedSubmissions, purpose: RequestPurpose, unlocks: Setting<boolean>): void {
    this.unlocks.set(purpose.name, unlocks);
    submissions.settleWith(purpose, this);
  }

  async settle(claimed: OneTimeRequest): Promise<void> {
    const found = await this.holderOf(claimed);
    const completed = found && changedSince(claimed, found) && (await this.complete(claimed, found));
    if (!completed) return this.database.transaction((tx) => this.requests.release(tx, claimed));
    const setting = this.unlocks.get(claimed.purpose);
    const lift = setting && (await this.configuration.snapshot()).setting(setting, found.domain.id);
    if (lift) await this.lockout.settle(found, lift);
  }

  private async holderOf({ domainId, accountId }: OneTimeRequest): Promise<FoundPerson | undefined> {
    const domain = (await this.configuration.snapshot()).domainById(domainId);
    const account = accountId && (await this.accounts.byId(this.database.manager, accountId));
    return domain && account ? this.people.byAccount(domain, account) : undefined;
  }

  /** Whether this call completed it: not when another one did, or a later change has ended it already. */
  private complete(claimed: OneTimeRequest, found: FoundPerson): Promise<boolean> {
    const task: PasswordTask = {
      found,
      event: claimed.purpose,
      actor: 'person',
      client: { address: claimed.openedAddress ?? undefined },
      requestId: claimed.id,
    };
    const actor = actorOf(task);
    return this.database.transaction(async (tx) => {
      const account = await this.accounts.lock(tx, found.account.id);
      if (account.credentialGeneration !== claimed.credentialGeneration) return false;
      const by = { ...actor, detail: { ...actor.detail, interrupted: true } };
      if (!(await this.requests.complete(tx, claimed, by))) return false;
      await this.consequences.follow(tx, account, task, claimed.claimedAt ?? claimed.createdAt);
      return true;
    });
  }
}

/** Our own directory commits the password with its request, so what was not completed there was not changed. */
function changedSince({ passwordChangedAt: then }: OneTimeRequest, { directory, person }: FoundPerson): boolean {
  const { passwordChangedAt: now } = person;
  return directory.kind !== 'builtin' && now !== undefined && (then === null || now > then);
}
