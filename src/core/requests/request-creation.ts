import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { PlainSecret } from '../crypto/secret-types.js';
import { rows, type Tx } from '../database/database.js';
import { Clock } from '../time/clock.js';
import { type NewRequest, newRow } from './new-request.js';
import type { OneTimeRequest } from './one-time-request.entity.js';
import { OneTimeRequestRepository } from './one-time-request.repository.js';
import { RequestAudit } from './request-audit.js';
import { RequestCancellation } from './request-cancellation.js';
import { RequestSecrets } from './request-secrets.js';

/** A request just made, with its secrets, which nothing can tell again. */
export interface CreatedRequest {
  readonly request: OneTimeRequest;
  readonly link: PlainSecret;
  /** Absent unless it was asked for. */
  readonly receipt: PlainSecret | undefined;
  readonly pin: PlainSecret | undefined;
}

/** Makes requests: secrets, the end of older ones, the row and its record. */
@Injectable()
export class RequestCreation {
  constructor(
    private readonly repository: OneTimeRequestRepository,
    private readonly cancellation: RequestCancellation,
    private readonly secrets: RequestSecrets,
    private readonly audit: RequestAudit,
    private readonly clock: Clock,
  ) {}

  async create(tx: Tx, request: NewRequest): Promise<CreatedRequest> {
    const { purpose, creator } = request;
    await this.supersede(tx, request);
    const id = randomUUID();
    const link = this.secrets.make('link', purpose);
    const receipt = request.receipt && this.secrets.make('receipt', purpose);
    const pin = request.pin && this.secrets.makePin(purpose, id, request.pin.digits);
    const digests = { link: link.digest, receipt: receipt?.digest, pin: pin?.digest };
    const created = await this.repository.insert(tx, newRow(id, request, digests, this.clock));
    await this.audit.record(tx, created, 'created', {
      actor: creator.label,
      clientAddress: creator.address ?? undefined,
      correlationId: creator.correlationId,
      domain: request.domain.name,
      target: request.target,
      detail: { method: request.deliveryMethod },
    });
    return { request: created, link: link.secret, receipt: receipt?.secret, pin: pin?.secret };
  }

  private async supersede(tx: Tx, { purpose, account, domain, login, payload }: NewRequest): Promise<void> {
    if (purpose.supersedes === 'account' && account) {
      await this.cancellation.ofAccount(tx, account, { purpose, reason: 'superseded' });
    }
    if (purpose.supersedes === 'login' && !account) {
      const email = typeof payload?.['email'] === 'string' ? payload['email'] : null;
      const whose = { domainId: domain.id, purpose: purpose.name, login, email };
      // There is no account's row to lock, and of two made at the same moment one must see the other.
      await rows(tx, 'SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [JSON.stringify(whose)]);
      await this.cancellation.ofNobody(tx, whose);
    }
  }
}
