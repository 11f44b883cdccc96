import { Injectable, Logger } from '@nestjs/common';
import { Audit, type NewAuditEvent } from '../core/audit/audit.js';
import type { PlainSecret } from '../core/crypto/secret-types.js';
import { Database, type Tx } from '../core/database/database.js';
import { Accounts } from '../core/directory/accounts.js';
import type { Directory, PasswordWrite } from '../core/directory/directory.js';
import type { FoundPerson } from '../core/directory/people.js';
import { DomainError, type DomainErrorCode } from '../core/errors/domain-error.js';
import type { OneTimeRequest } from '../core/requests/one-time-request.entity.js';
import { OneTimeRequests } from '../core/requests/one-time-requests.js';
import { Clock } from '../core/time/clock.js';
import { Outbox } from '../delivery/outbox.js';
import { passwordChangedNotice } from './password-changed-notice.js';
import type { ClientInfo } from './password-reset-pages.js';
import type { OpenedReset } from './pwreset-session.service.js';

/** One submission of a new password. */
interface Submission {
  readonly request: OneTimeRequest;
  readonly found: FoundPerson;
  readonly client: ClientInfo;
}

/**
 * Sets the new password of an opened request: claim, directory, completion. The claim lets one submission through; the
 * completion, the end of the person's other requests, the audit row and the notice are one transaction, and so is the
 * password itself where the directory is our own. A remote directory holds the new password before the completion; when
 * that fails, the audit says `not-completed`, the request stays open, and sending a password again completes it.
 */
@Injectable()
export class PasswordChange {
  private readonly logger = new Logger(PasswordChange.name);

  constructor(
    private readonly database: Database,
    private readonly accounts: Accounts,
    private readonly requests: OneTimeRequests,
    private readonly outbox: Outbox,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /**
   * @returns whether this submission carried it out; false when another one did or is doing so
   * @throws DomainError as `Directory.setPassword`; the request stays open then
   * @throws DomainError `page-session-ended` when it took so long that another one went ahead, `account-not-found` when
   *   the person is gone, `change-not-completed` when a remote directory has the new password and the rest could not be
   *   written
   */
  async carryOut({ request, found }: OpenedReset, password: PlainSecret, client: ClientInfo): Promise<boolean> {
    const claimed = await this.claim(request, found);
    if (!claimed) return false;
    const submission: Submission = { request: claimed, found, client };
    const write = await this.orGiveBack(submission, 'password-reset.password-refused', () =>
      found.directory.setPassword(found.person, password),
    );
    try {
      await this.orGiveBack(submission, 'password-reset.not-completed', () => this.complete(submission, write));
    } catch (error) {
      throw afterChange(error, found.directory);
    }
    return true;
  }

  /** Writes down that our own rules have refused a password; nothing was begun. */
  async recordRefusal({ request, found }: OpenedReset, code: DomainErrorCode, client: ClientInfo): Promise<void> {
    await this.record(this.database.manager, { request, found, client }, 'password-reset.password-refused', {
      outcome: 'refused',
      code,
    });
  }

  /**
   * Looks after a lock that failed log-ons had left, now that the password is set.
   *
   * @param lift whether to lift it; OpenLDAP lifts it by itself with a new password
   * @returns whether the person is still locked
   */
  async settleLock({ found: { directory, person, account } }: OpenedReset, lift: boolean): Promise<boolean> {
    if (!person.locked) return false;
    try {
      if (lift) await directory.unlock(person);
      return !lift && (await directory.findByKey(person.key))?.locked === true;
    } catch (error) {
      // The password is set and that stands; the page says that the lock is still there.
      this.logger.warn({ err: error, accountId: account.id }, 'a person could not be unlocked after a reset');
      return true;
    }
  }

  private claim(request: OneTimeRequest, found: FoundPerson): Promise<OneTimeRequest | undefined> {
    return this.database.transaction(async (tx) => {
      const account = await this.accounts.lock(tx, found.account.id);
      if (account.credentialGeneration !== request.credentialGeneration) return undefined;
      return this.requests.claim(tx, request);
    });
  }

  private complete({ request: claimed, found, client }: Submission, write: PasswordWrite): Promise<void> {
    return this.database.transaction(async (tx) => {
      const account = await this.accounts.lock(tx, found.account.id);
      await write(tx);
      if (!(await this.requests.complete(tx, claimed))) throw new DomainError('page-session-ended');
      await this.accounts.raiseCredentialGeneration(tx, account.id);
      await this.requests.cancel(tx, account, { reason: 'password-changed' });
      await this.record(tx, { request: claimed, found, client }, 'password-reset.completed', { outcome: 'success' });
      const change = { at: this.clock.now(), address: client.address, requestId: claimed.id };
      const notice = passwordChangedNotice(found, change);
      if (notice) await this.outbox.enqueue(tx, notice);
    });
  }

  /** Does a step of a submission; when it fails, the claim is given back and the audit says at which step. */
  private async orGiveBack<T>(submission: Submission, event: string, step: () => Promise<T>): Promise<T> {
    try {
      return await step();
    } catch (error) {
      const code = DomainError.is(error) ? error.code : 'internal';
      const outcome = DomainError.is(error) && error.category !== 'unavailable' ? 'refused' : 'failed';
      try {
        await this.database.transaction(async (tx) => {
          await this.requests.release(tx, submission.request);
          await this.record(tx, submission, event, { outcome, code });
        });
      } catch (failure) {
        // The claim ends by itself after a while; the first error is the one that the person must hear of.
        this.logger.error({ err: failure, requestId: submission.request.id }, 'a claim could not be given back');
      }
      throw error;
    }
  }

  private record(
    tx: Tx,
    { request, found: { domain, account, person, directory }, client }: Submission,
    event: string,
    result: Pick<NewAuditEvent, 'outcome' | 'code'>,
  ): Promise<void> {
    return this.audit.record(tx, {
      event,
      ...result,
      actor: 'person',
      clientAddress: client.address,
      domain: domain.name,
      accountId: account.id,
      target: person.dn,
      requestId: request.id,
      correlationId: client.correlationId,
      detail: { directory: directory.kind },
    });
  }
}

/** A remote directory has the new password by then, and nobody must be told that nothing was changed (attack class 54). */
function afterChange(error: unknown, { kind }: Directory): unknown {
  const written = DomainError.is(error) && error.category === 'unavailable' && kind !== 'builtin';
  return written ? new DomainError('change-not-completed', { cause: error }) : error;
}
