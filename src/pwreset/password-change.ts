import { Injectable, Logger } from '@nestjs/common';
import { Audit } from '../core/audit/audit.js';
import type { PlainSecret } from '../core/crypto/secret-types.js';
import { Database, type Tx } from '../core/database/database.js';
import { Accounts } from '../core/directory/accounts.js';
import type { FoundPerson } from '../core/directory/people.js';
import { DomainError } from '../core/errors/domain-error.js';
import type { OneTimeRequest } from '../core/requests/one-time-request.entity.js';
import { OneTimeRequests } from '../core/requests/one-time-requests.js';
import { Clock } from '../core/time/clock.js';
import { type NewMessage, Outbox } from '../delivery/outbox.js';
import type { ClientInfo } from './password-reset-pages.js';
import type { OpenedReset } from './pwreset-session.service.js';

/**
 * Sets the new password of an opened request: claim, directory, completion. The claim lets one submission through; the
 * completion, the end of the person's other requests, the audit row and the notice are one transaction, and so is the
 * password itself where the directory is our own.
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
   */
  async carryOut({ request, found }: OpenedReset, password: PlainSecret, client: ClientInfo): Promise<boolean> {
    const claimed = await this.claim(request, found);
    if (!claimed) return false;
    try {
      const write = await found.directory.setPassword(found.person, password);
      await this.database.transaction(async (tx) => {
        const account = await this.accounts.lock(tx, found.account.id);
        await write(tx);
        if (!(await this.requests.complete(tx, claimed))) throw new Error('a claimed request could not be completed');
        await this.accounts.raiseCredentialGeneration(tx, account.id);
        await this.requests.cancel(tx, account, { reason: 'password-changed' });
        await this.record(tx, found, client, claimed, { outcome: 'success' });
        await this.notify(tx, found, client, claimed);
      });
      return true;
    } catch (error) {
      await this.giveBack(claimed, found, client, error);
      throw error;
    }
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

  private async giveBack(
    claimed: OneTimeRequest,
    found: FoundPerson,
    client: ClientInfo,
    error: unknown,
  ): Promise<void> {
    const code = DomainError.is(error) ? error.code : 'internal';
    try {
      await this.database.transaction(async (tx) => {
        await this.requests.release(tx, claimed);
        await this.record(tx, found, client, claimed, { outcome: code === 'internal' ? 'failed' : 'refused', code });
      });
    } catch (failure) {
      // The claim ends by itself after a while; the first error is the one that the person must hear of.
      this.logger.error({ err: failure, requestId: claimed.id }, 'a claim could not be given back');
    }
  }

  private record(
    tx: Tx,
    { domain, account, person }: FoundPerson,
    client: ClientInfo,
    request: OneTimeRequest,
    result: { outcome: 'success' | 'refused' | 'failed'; code?: DomainError['code'] },
  ): Promise<void> {
    return this.audit.record(tx, {
      event: result.outcome === 'success' ? 'password-reset.completed' : 'password-reset.password-refused',
      ...result,
      actor: 'person',
      clientAddress: client.address,
      domain: domain.name,
      accountId: account.id,
      target: person.dn,
      requestId: request.id,
      correlationId: client.correlationId,
    });
  }

  /** Tells the person that their password was changed, by mail where they have an address, else by SMS. */
  private async notify(
    tx: Tx,
    { domain, account, person }: FoundPerson,
    client: ClientInfo,
    request: OneTimeRequest,
  ): Promise<void> {
    const way: Pick<NewMessage, 'channel' | 'to'> | undefined = person.mail
      ? { channel: 'MAIL', to: person.mail }
      : person.mobile
        ? { channel: 'SMS', to: person.mobile }
        : undefined;
    if (!way) return;
    await this.outbox.enqueue(tx, {
      ...way,
      purpose: 'password-changed',
      language: person.language,
      variables: {
        USERNAME: person.login,
        DOMAIN: domain.name,
        FULLNAME: person.displayName,
        TIME: this.clock.now().toISOString(),
        ADDRESS: client.address,
      },
      domainId: domain.id,
      accountId: account.id,
      requestId: request.id,
    });
  }
}
