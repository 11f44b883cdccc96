import { Injectable } from '@nestjs/common';
import type { PlainSecret } from '../core/crypto/secret-types.js';
import { Database, type Tx } from '../core/database/database.js';
import { Accounts } from '../core/directory/accounts.js';
import { DomainError, type DomainErrorCode } from '../core/errors/domain-error.js';
import { InterruptedSubmissions } from '../core/requests/interrupted-submissions.js';
import type { OneTimeRequest } from '../core/requests/one-time-request.entity.js';
import { OneTimeRequests } from '../core/requests/one-time-requests.js';
import type { HeldRequest } from '../core/requests/request-sessions.js';
import type { RequestStep } from '../core/requests/request-steps.js';
import type { RequestActor } from '../core/requests/request-actor.js';
import type { Client } from '../core/web/clients.js';
import { PasswordChange } from './password-change.js';
import { actorOf, type PasswordTask } from './password-task.js';

/** A request that allows a new password, and its person, both as they are at this moment. */
export interface OpenedPasswordRequest extends HeldRequest {
  /** Steps that must be passed by now, besides those that were owed when the link was opened. */
  readonly required?: readonly RequestStep[];
  /** `unopened` where the secret comes with the submission itself and no page session is begun; else `opened`. */
  readonly from?: 'opened' | 'unopened';
}

/**
 * Completes an opened request with a new password: claim, change, completion. The claim lets one submission through;
 * the completion is in the transaction of the change. When that fails although a remote directory holds the new
 * password, the claim stays, and `InterruptedPasswordChange` completes the request.
 */
@Injectable()
export class RequestedPasswordChange {
  constructor(
    private readonly database: Database,
    private readonly accounts: Accounts,
    private readonly requests: OneTimeRequests,
    private readonly interrupted: InterruptedSubmissions,
    private readonly change: PasswordChange,
  ) {}

  /**
   * @returns whether this submission carried it out; false when another one did or is doing so
   * @throws DomainError as `PasswordChange.carryOut`; the request stays open then
   * @throws DomainError `page-session-ended` when it took so long that another one went ahead
   */
  async carryOut(opened: OpenedPasswordRequest, password: PlainSecret, client: Client): Promise<boolean> {
    // An earlier submission may have reached the directory, which would take this one for a second change.
    await this.interrupted.settle(opened.request);
    const claimed = await this.claim(opened);
    if (!claimed) return false;
    const task = taskOf(opened, client);
    await this.change.carryOut(task, password, {
      complete: (tx) => this.complete(tx, opened, claimed, actorOf(task)),
      giveBack: (tx) => this.requests.release(tx, claimed),
    });
    return true;
  }

  /** Writes down that our own rules have refused a password; nothing was begun. */
  recordRefusal(opened: OpenedPasswordRequest, code: DomainErrorCode, client: Client): Promise<void> {
    return this.change.recordRefusal(taskOf(opened, client), code);
  }

  private claim({ request, found, from, required }: OpenedPasswordRequest): Promise<OneTimeRequest | undefined> {
    return this.database.transaction(async (tx) => {
      const account = await this.accounts.lock(tx, found.account.id);
      if (account.credentialGeneration !== request.credentialGeneration) return undefined;
      return this.requests.claim(tx, request, {
        from,
        required,
        passwordChangedAt: found.person.passwordChangedAt ?? null,
      });
    });
  }

  private async complete(
    tx: Tx,
    { from, required }: OpenedPasswordRequest,
    claimed: OneTimeRequest,
    by: RequestActor,
  ): Promise<void> {
    if (await this.requests.complete(tx, claimed, by)) return;
    // It took so long that the claim was taken for lost and given back; nobody else may have gone ahead yet.
    const again = await this.requests.claim(tx, claimed, { from, required });
    if (!again || !(await this.requests.complete(tx, again, by))) throw new DomainError('page-session-ended');
  }
}

/** The audit names the events of a request after its purpose. */
function taskOf({ request, found }: OpenedPasswordRequest, client: Client): PasswordTask {
  return { found, event: request.purpose, actor: 'person', client, requestId: request.id };
}
