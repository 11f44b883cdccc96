import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { PlainSecret } from '../crypto/secret-types.js';
import type { Tx } from '../database/database.js';
import type { Account } from '../directory/account.entity.js';
import type { FoundPerson } from '../directory/people.js';
import { Clock } from '../time/clock.js';
import type { OneTimeRequest } from './one-time-request.entity.js';
import type { RequestActor } from './request-actor.js';
import { RequestAttachmentRepository } from './request-attachment.repository.js';
import { RequestAudit } from './request-audit.js';
import type { RequestPurpose } from './request-purpose.js';
import { RequestSecrets } from './request-secrets.js';

/** A request that has a holder now, and the PIN for them, which nothing can tell again. */
export interface AttachedRequest {
  readonly request: OneTimeRequest;
  readonly pin: PlainSecret;
}

/**
 * Requests that are made without anybody being looked up, so that whoever asked cannot tell whether there is such a
 * person, at no time (user-requests section 3, "the anonymous trap"; attack class 45). They are made without an account
 * and with a PIN that nobody knows. Where there is a person, the request is theirs afterwards, once.
 */
@Injectable()
export class RequestAttachment {
  constructor(
    private readonly repository: RequestAttachmentRepository,
    private readonly secrets: RequestSecrets,
    private readonly audit: RequestAudit,
    private readonly clock: Clock,
  ) {}

  /**
   * Gives a request to a person, whose account is locked, with a PIN for them. Tries that were used up before stay so.
   *
   * @param digits length of the PIN, the same as that of the one it replaces
   * @returns undefined when it is somebody's already, or over
   */
  async attach(
    tx: Tx,
    id: string,
    purpose: RequestPurpose,
    holder: { readonly found: FoundPerson; readonly account: Account; readonly digits: number },
    by: RequestActor,
  ): Promise<AttachedRequest | undefined> {
    const { found, account, digits } = holder;
    const pin = this.secrets.makePin(purpose, id, digits);
    const attached = {
      domainId: found.domain.id,
      accountId: account.id,
      login: found.person.login,
      pinDigest: pin.digest,
      credentialGeneration: account.credentialGeneration,
      passwordChangedAt: found.person.passwordChangedAt ?? null,
    };
    const request = await this.repository.attach(tx, id, attached, this.clock.now());
    if (!request) return undefined;
    await this.audit.record(tx, request, 'attached', by);
    return { request, pin: pin.secret };
  }

  /**
   * Takes from a person, whose account is locked, the requests of one purpose that strangers asked for and hold a receipt
   * of. A newer one ends them so: a `cancelled` would tell the stranger that both were the same person's.
   */
  async detach(tx: Tx, account: Account, purpose: RequestPurpose, by: RequestActor): Promise<void> {
    const { digest } = this.secrets.makePin(purpose, randomUUID(), 10);
    for (const request of await this.repository.detach(tx, account.id, purpose.name, digest)) {
      await this.audit.record(tx, request, 'detached', by);
    }
  }
}
