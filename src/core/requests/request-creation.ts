import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { PlainSecret } from '../crypto/secret-types.js';
import { rows, type Tx } from '../database/database.js';
import { Clock } from '../time/clock.js';
import { type NewRequest, newRow } from './new-request.js';
import type { OneTimeRequest } from './one-time-request.entity.js';
import { type RequestActor, SYSTEM } from './request-actor.js';
import { requestEvent } from './request-audit.js';
import { RequestCreationRepository, type Superseding } from './request-creation.repository.js';
import { RequestSecrets } from './request-secrets.js';
import { stepTimes } from './step-times.js';

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
    private readonly repository: RequestCreationRepository,
    private readonly secrets: RequestSecrets,
    private readonly clock: Clock,
  ) {}

  async create(tx: Tx, request: NewRequest): Promise<CreatedRequest> {
    const { purpose } = request;
    const id = randomUUID();
    const link = this.secrets.make('link', purpose);
    const receipt = request.receipt && this.secrets.make('receipt', purpose);
    const pin = request.pin && this.secrets.makePin(purpose, id, request.pin.digits);
    const digests = { link: link.digest, receipt: receipt?.digest, pin: pin?.digest };
    const row = newRow(id, request, digests, this.clock);
    const superseding = supersedingOf(request, row);
    if (superseding && row.accountId === null) await this.keepApart(tx, superseding);
    const event = requestEvent(row, 'created', creatorOf(request));
    const created = await this.repository.create(tx, row, event, superseding, stepTimes(this.clock));
    return { request: created, link: link.secret, receipt: receipt?.secret, pin: pin?.secret };
  }

  /** There is no account's row to lock, and of two made at the same moment one must see the other. */
  private async keepApart(tx: Tx, { selection }: Superseding): Promise<void> {
    await rows(tx, 'SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [JSON.stringify(selection)]);
  }
}

/** Which older requests end with the new one: "the newest wins" (attack class 12). */
function supersedingOf(
  { purpose, payload, spares }: NewRequest,
  row: Pick<OneTimeRequest, 'id' | 'accountId' | 'domainId' | 'login' | 'purpose'>,
): Superseding | undefined {
  const { accountId, domainId, login } = row;
  const event = requestEvent({ ...row, endReason: 'superseded' }, 'cancelled', SYSTEM);
  if (purpose.supersedes === 'account' && accountId !== null) {
    return { selection: { accountId, purpose: purpose.name, spares }, event };
  }
  if (purpose.supersedes === 'login' && accountId === null) {
    const email = typeof payload?.['email'] === 'string' ? payload['email'] : null;
    return { selection: { domainId, purpose: purpose.name, login, email }, event };
  }
  return undefined;
}

function creatorOf({ creator, domain, target, deliveryMethod }: NewRequest): RequestActor {
  return {
    actor: creator.label,
    clientAddress: creator.address ?? undefined,
    correlationId: creator.correlationId,
    domain: domain.name,
    target,
    detail: { method: deliveryMethod },
  };
}
