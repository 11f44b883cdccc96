import { Injectable } from '@nestjs/common';
import { Audit } from '../core/audit/audit.js';
import type { PlainSecret } from '../core/crypto/secret-types.js';
import { Database } from '../core/database/database.js';
import { Accounts } from '../core/directory/accounts.js';
import { Configuration } from '../core/domains/configuration.js';
import type { OneTimeRequest } from '../core/requests/one-time-request.entity.js';
import { OneTimeRequests } from '../core/requests/one-time-requests.js';
import { RequestHolder } from '../core/requests/request-holder.js';
import { pageSessionIdleMinutes } from '../core/requests/request-settings.js';
import type { Landing } from '../core/web/links/landing-page.js';
import type { OpenedPasswordRequest } from '../passwords/requested-password-change.js';
import type { ClientInfo } from './password-reset-pages.js';
import { passwordReset } from './pwreset.purpose.js';

/** From the link to the page session: looking at a link, opening it, going on with it. */
@Injectable()
export class PasswordResetSession {
  constructor(
    private readonly database: Database,
    private readonly configuration: Configuration,
    private readonly accounts: Accounts,
    private readonly requests: OneTimeRequests,
    private readonly holder: RequestHolder,
    private readonly audit: Audit,
  ) {}

  async landing(link: string): Promise<Landing | undefined> {
    const request = await this.requests.byLink(this.database.manager, passwordReset, link);
    const { found } = request ? await this.holder.find(request) : {};
    if (!request || !found) return undefined;
    return {
      displayName: found.person.displayName,
      domainName: found.domain.name,
      requestedBy: request.createdBy,
      comments: request.comments ?? undefined,
      expiresAt: request.expiresAt,
    };
  }

  /** Opens a link. One whose person has changed is cancelled for good instead. Every attempt leaves an audit row. */
  async open(link: string, client: ClientInfo): Promise<PlainSecret | undefined> {
    const request = await this.requests.byLink(this.database.manager, passwordReset, link);
    const session = request && (await this.openFound(request, client));
    if (session === undefined) {
      await this.audit.record(this.database.manager, {
        event: 'password-reset.open-refused',
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
  async resume(session: string): Promise<OpenedPasswordRequest | undefined> {
    const idleSeconds = 60 * (await this.configuration.snapshot()).setting(pageSessionIdleMinutes);
    const request = await this.requests.bySession(this.database.manager, passwordReset, session, idleSeconds);
    if (!request?.accountId) return undefined;
    const { accountId } = request;
    const holder = await this.holder.find(request);
    if (!holder.dead) return { request, found: holder.found };
    await this.database.transaction(async (tx) => {
      const account = await this.accounts.lock(tx, accountId);
      await this.requests.cancel(tx, account, { reason: holder.dead, purpose: passwordReset });
    });
    return undefined;
  }

  private async openFound(request: OneTimeRequest, client: ClientInfo): Promise<PlainSecret | undefined> {
    const { accountId } = request;
    if (accountId === null) return undefined;
    const holder = await this.holder.find(request);
    return this.database.transaction(async (tx) => {
      const account = await this.accounts.lock(tx, accountId);
      if (holder.dead) {
        await this.requests.cancel(tx, account, { reason: holder.dead, purpose: passwordReset });
        return undefined;
      }
      // Read again under the lock: a password set a moment ago kills this link (attack class 17).
      if (account.credentialGeneration !== request.credentialGeneration) return undefined;
      const { domain, person } = holder.found;
      const opened = await this.requests.open(tx, passwordReset, request, {
        actor: 'person',
        clientAddress: client.address,
        correlationId: client.correlationId,
        domain: domain.name,
        target: person.dn,
      });
      return opened?.session;
    });
  }
}
