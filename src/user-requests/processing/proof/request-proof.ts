import { Injectable } from '@nestjs/common';
import { Audit } from '../../../core/audit/audit.js';
import { Database } from '../../../core/database/database.js';
import type { OneTimeRequest } from '../../../core/requests/one-time-request.entity.js';
import { OneTimeRequests } from '../../../core/requests/one-time-requests.js';
import { type CodeAttempt, RequestAttempts, type ShownCode } from '../../../core/requests/request-attempts.js';
import type { RequestActor } from '../../../core/requests/request-actor.js';
import type { RequestPurpose } from '../../../core/requests/request-purpose.js';
import { PURPOSES, USER_REQUEST_PURPOSES, userRequestPayload } from '../../request-types.js';
import { wordOfEnd } from '../not-valid.js';
import type { ProcessingCall } from '../processing-call.js';
import type { ProvenRequest } from '../request-type.js';
import { PinGate } from './pin-gate.js';
import type { Refusal } from './refusal.js';
import { RequestPeople } from './request-people.js';

/** A request whose code was right, whatever else may be missing. */
interface Shown {
  readonly request: OneTimeRequest;
  readonly shown: ShownCode;
}

/**
 * From what a call shows to the request that it may use: number, code, PIN, person, in this order. An attempt is counted
 * before a secret is looked at, and whoever does not show the right code is told one and the same thing (user-requests
 * section 4).
 */
@Injectable()
export class RequestProof {
  constructor(
    private readonly database: Database,
    private readonly requests: OneTimeRequests,
    private readonly attempts: RequestAttempts,
    private readonly pins: PinGate,
    private readonly people: RequestPeople,
    private readonly audit: Audit,
  ) {}

  /** @throws DomainError `directory-unavailable`, `database-unavailable`; attempts stay as they are */
  async of(call: ProcessingCall): Promise<ProvenRequest | Refusal> {
    // What is alive is counted and read in one; what is over is looked at only then.
    const tried = await this.attempts.checkNumbered(USER_REQUEST_PURPOSES, call.number, call.code, callerOf(call));
    const request =
      tried?.request ?? (await this.requests.byNumber(this.database.manager, USER_REQUEST_PURPOSES, call.number));
    const proof = request ? await this.prove(request, call, tried?.attempt) : NOT_FOUND;
    if ('word' in proof) await this.record(request, proof, call);
    return proof;
  }

  private async prove(
    request: OneTimeRequest,
    call: ProcessingCall,
    tried: CodeAttempt | undefined,
  ): Promise<ProvenRequest | Refusal> {
    const { type } = userRequestPayload(request);
    const purpose = PURPOSES[type];
    const attempt = await this.check(purpose, request, call, tried);
    if (attempt.kind !== 'right' && attempt.kind !== 'ended') return NOT_FOUND;
    const refused =
      (attempt.kind === 'right' ? undefined : this.ended(attempt)) ??
      (await this.pins.pass({ ...attempt, purpose, over: attempt.kind === 'ended' }, call));
    if (refused) return { ...refused, type };
    const found = await this.people.find(type, attempt.request, call.client);
    return typeof found === 'string' ? { word: found, type } : { ...attempt, type, purpose, found };
  }

  /** Checks the code; once more where the request has ended since it was read, so that its end is told. */
  private async check(
    purpose: RequestPurpose,
    request: OneTimeRequest,
    call: ProcessingCall,
    tried: CodeAttempt | undefined,
  ): Promise<CodeAttempt> {
    const attempt = tried ?? (await this.attempts.checkCode(purpose, request, call.code, callerOf(call)));
    if (attempt.kind !== 'not-valid' || request.endedAt !== null) return attempt;
    const ended = await this.requests.byNumber(this.database.manager, [purpose], request.number);
    return ended?.endedAt ? this.attempts.checkCode(purpose, ended, call.code, callerOf(call)) : attempt;
  }

  /** What is told of a request that is over; of a stranger's nothing but that its time is up. */
  private ended({ request, shown }: Shown): Refusal | undefined {
    const mute = shown === 'receipt' && !request.receiptOpens && userRequestPayload(request).anonymous;
    return mute ? undefined : { word: wordOfEnd(request) };
  }

  /** A wrong code or PIN was written down where it was counted. */
  private async record(
    request: OneTimeRequest | undefined,
    { word }: Refusal,
    { client: { address, correlationId } }: ProcessingCall,
  ): Promise<void> {
    await this.audit.record(this.database.manager, {
      event: 'user-request.refused',
      outcome: 'refused',
      code: 'request-not-valid',
      actor: 'anonymous',
      clientAddress: address,
      correlationId,
      accountId: request?.accountId,
      target: request?.login,
      requestId: request?.id,
      detail: { word },
    });
  }
}

const NOT_FOUND: Refusal = { word: 'NOT_FOUND' };

/** Who shows secrets, before anybody knows whether they are right. */
export function callerOf({ client }: ProcessingCall): RequestActor {
  return { actor: 'anonymous', clientAddress: client.address, correlationId: client.correlationId };
}
