import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/audit.js';
import type { PlainSecret } from '../crypto/secret-types.js';
import { Database } from '../database/database.js';
import { Accounts } from '../directory/accounts.js';
import type { FoundPerson } from '../directory/people.js';
import { Configuration, type ConfigurationSnapshot } from '../domains/configuration.js';
import type { Client } from '../web/clients.js';
import type { OneTimeRequest } from './one-time-request.entity.js';
import { OneTimeRequests } from './one-time-requests.js';
import type { RequestActor } from './request-actor.js';
import { RequestHolder } from './request-holder.js';
import type { RequestPurpose } from './request-purpose.js';
import { pageSessionIdleMinutes } from './request-settings.js';
import { owedSteps, type RequestStep } from './request-steps.js';

/** A request and its person, both as they are at this moment. */
export interface HeldRequest {
  readonly request: OneTimeRequest;
  readonly found: FoundPerson;
}

/** A request whose link was opened, in its page session. */
export interface OpenedRequest extends HeldRequest {
  /** What configuration and payload demand now, passed or not; for `OneTimeRequests.claim`. */
  readonly required: readonly RequestStep[];
  /** What is still to be passed before the request allows anything, in order. */
  readonly owed: readonly RequestStep[];
}

/** How links of one kind are followed. */
export interface RequestFlow {
  readonly purpose: RequestPurpose;
  /** The steps that configuration and payload demand of this person now, before the request allows anything. */
  required(held: HeldRequest, snapshot: ConfigurationSnapshot): readonly RequestStep[];
}

/** From the link to the page session: looking at a link, opening it, going on with it. */
@Injectable()
export class RequestSessions {
  constructor(
    private readonly database: Database,
    private readonly configuration: Configuration,
    private readonly accounts: Accounts,
    private readonly requests: OneTimeRequests,
    private readonly holder: RequestHolder,
    private readonly audit: Audit,
  ) {}

  /** The request that a link would open, and its person. Changes nothing. */
  async look({ purpose }: RequestFlow, link: string): Promise<HeldRequest | undefined> {
    const request = await this.requests.byLink(this.database.manager, purpose, link);
    const { found } = request ? await this.holder.find(request) : {};
    return request && found && { request, found };
  }

  /**
   * Opens a link and returns the secret of the page session. One whose person has changed is cancelled for good instead.
   * Every attempt leaves an audit row.
   */
  async open(flow: RequestFlow, link: string, client: Client): Promise<PlainSecret | undefined> {
    const request = await this.requests.byLink(this.database.manager, flow.purpose, link);
    const session = request && (await this.openFound(flow, request, client));
    if (session === undefined) {
      await this.audit.record(this.database.manager, {
        event: `${flow.purpose.name}.open-refused`,
        outcome: 'refused',
        code: 'request-not-valid',
        actor: 'person',
        clientAddress: client.address,
        accountId: request?.accountId,
        target: request?.login,
        requestId: request?.id,
        correlationId: client.correlationId,
      });
    }
    return session;
  }

  /** The opened request of a page session that was not idle too long. One whose person has changed ends for good. */
  async resume(flow: RequestFlow, session: string): Promise<OpenedRequest | undefined> {
    const { purpose } = flow;
    const snapshot = await this.configuration.snapshot();
    const idleSeconds = 60 * snapshot.setting(pageSessionIdleMinutes);
    const request = await this.requests.bySession(this.database.manager, purpose, session, idleSeconds);
    if (!request?.accountId) return undefined;
    const { accountId } = request;
    const holder = await this.holder.find(request);
    if (!holder.dead) {
      const held = { request, found: holder.found };
      const required = flow.required(held, snapshot);
      return { ...held, required, owed: owedSteps(request, required) };
    }
    await this.database.transaction(async (tx) => {
      const account = await this.accounts.lock(tx, accountId);
      await this.requests.cancel(tx, account, { reason: holder.dead, purpose });
    });
    return undefined;
  }

  private async openFound(
    flow: RequestFlow,
    request: OneTimeRequest,
    client: Client,
  ): Promise<PlainSecret | undefined> {
    const { accountId } = request;
    if (accountId === null) return undefined;
    const { purpose } = flow;
    const holder = await this.holder.find(request);
    const snapshot = await this.configuration.snapshot();
    return this.database.transaction(async (tx) => {
      const account = await this.accounts.lock(tx, accountId);
      if (holder.dead) {
        await this.requests.cancel(tx, account, { reason: holder.dead, purpose });
        return undefined;
      }
      // Read again under the lock: a password set a moment ago kills this link (attack class 17).
      if (account.credentialGeneration !== request.credentialGeneration) return undefined;
      const held = { request, found: holder.found };
      const required = flow.required(held, snapshot);
      const opened = await this.requests.open(tx, purpose, request, personAt(held, client), required);
      return opened?.session;
    });
  }
}

/** The person of a request, who takes a step with it. */
export function personAt({ found: { domain, person } }: Pick<HeldRequest, 'found'>, client: Client): RequestActor {
  return {
    actor: 'person',
    clientAddress: client.address,
    correlationId: client.correlationId,
    domain: domain.name,
    target: person.dn,
  };
}
