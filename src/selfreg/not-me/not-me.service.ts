import { Injectable } from '@nestjs/common';
import { Audit } from '../../core/audit/audit.js';
import { Database, type Tx } from '../../core/database/database.js';
import { Accounts } from '../../core/directory/accounts.js';
import { Configuration } from '../../core/domains/configuration.js';
import type { OneTimeRequest } from '../../core/requests/one-time-request.entity.js';
import { OneTimeRequests } from '../../core/requests/one-time-requests.js';
import type { RequestActor } from '../../core/requests/request-actor.js';
import type { Client } from '../../core/web/clients.js';
import { authenticatorFreeze } from '../../tokens/enrolment/freeze.purpose.js';
import { TokenAssignment } from '../../tokens/token-assignment.entity.js';
import { TokenStore } from '../../tokens/token-store.js';

/** The change that a link is about. */
export interface ReportedChange {
  readonly login: string;
  readonly domainName: string;
  /** Slot of the authenticator. */
  readonly slot: string;
  readonly addedAt: Date;
}

/** What pressing the button came to; `busy` for a link that is still good, because something else is under way. */
export type FreezeOutcome = ReportedChange | 'busy' | undefined;

/**
 * "This was not me": stops an authenticator by the link in the message about it. Asks no directory, and does not look at
 * how the person stands there now, because whoever took over an account may have changed just that.
 */
@Injectable()
export class NotMeService {
  constructor(
    private readonly requests: OneTimeRequests,
    private readonly tokens: TokenStore,
    private readonly accounts: Accounts,
    private readonly configuration: Configuration,
    private readonly audit: Audit,
    private readonly database: Database,
  ) {}

  /** What the link is about; undefined for one that does not work. Changes nothing. */
  async look(link: string): Promise<ReportedChange | undefined> {
    const { manager } = this.database;
    const request = await this.requests.byLink(manager, authenticatorFreeze, link);
    return request && this.change(manager, request);
  }

  /**
   * Stops the authenticator and ends the person's links and what was begun with them, in the transaction that uses this
   * one up.
   *
   * @returns undefined for a link that does not work
   */
  async freeze(link: string, { address, correlationId }: Client): Promise<FreezeOutcome> {
    const { manager } = this.database;
    const request = await this.requests.byLink(manager, authenticatorFreeze, link);
    const change = request && (await this.change(manager, request));
    if (!request?.accountId || !change) return undefined;
    const { accountId } = request;
    const by: RequestActor = {
      actor: 'person',
      clientAddress: address,
      correlationId,
      domain: change.domainName,
      target: request.login,
    };
    const frozen = await this.database.transaction(async (tx) => {
      const account = await this.accounts.lock(tx, accountId);
      const claimed = await this.requests.claim(tx, request, { from: 'unopened' });
      if (!claimed) return false;
      await this.tokens.setAssignmentStatus(tx, assignmentOf(request), 'DISABLED');
      // Not enrolment links alone: the authenticator may have passed the second factor of a password reset under way.
      await this.requests.cancel(tx, account, { reason: 'compromised' }, by);
      await this.audit.record(tx, {
        ...by,
        event: 'authenticator.frozen',
        outcome: 'success',
        accountId,
        requestId: request.id,
        detail: { slot: change.slot },
      });
      await this.requests.complete(tx, claimed, by);
      return true;
    });
    if (frozen) return change;
    return (await this.requests.byLink(manager, authenticatorFreeze, link)) ? 'busy' : undefined;
  }

  private async change(tx: Tx, request: OneTimeRequest): Promise<ReportedChange | undefined> {
    const assignment = await tx.findOneBy(TokenAssignment, { id: assignmentOf(request) });
    const domain = (await this.configuration.snapshot()).domainById(request.domainId);
    if (!assignment || !domain) return undefined;
    const { login, createdAt } = request;
    return { login, domainName: domain.name, slot: assignment.slot ?? '', addedAt: createdAt };
  }
}

function assignmentOf({ payload }: OneTimeRequest): string {
  return String(payload['assignmentId']);
}
