import { Injectable } from '@nestjs/common';
import type { OneTimeRequest } from '../../../core/requests/one-time-request.entity.js';
import { RequestAttempts, type ShownCode } from '../../../core/requests/request-attempts.js';
import type { RequestPurpose } from '../../../core/requests/request-purpose.js';
import { Clock } from '../../../core/time/clock.js';
import { PinGuesses } from '../../pin-guesses.js';
import { userRequestPayload } from '../../request-types.js';
import type { ProcessingCall } from '../processing-call.js';
import { ClosedReceipts } from './closed-receipts.js';
import { PinProof } from './pin-proof.js';
import type { Refusal } from './refusal.js';

/** A request whose code was right. */
export interface CodeProven {
  readonly purpose: RequestPurpose;
  readonly request: OneTimeRequest;
  readonly shown: ShownCode;
  /** It has ended, and must not show it. */
  readonly over: boolean;
}

/**
 * What the right code still needs: the PIN where the person was sent one, and more than a receipt where they were sent a
 * link. A stranger's receipt is told no more than its own tries and the time account for, so that it looks the same
 * whoever it is for (attack class 45).
 */
@Injectable()
export class PinGate {
  constructor(
    private readonly attempts: RequestAttempts,
    private readonly closed: ClosedReceipts,
    private readonly proof: PinProof,
    private readonly guesses: PinGuesses,
    private readonly clock: Clock,
  ) {}

  /** Why the call goes no further, undefined when it may. */
  async pass(proven: CodeProven, call: ProcessingCall): Promise<Refusal | undefined> {
    const { request, shown, over } = proven;
    const now = this.clock.now();
    if (over && request.expiresAt <= now) return { word: 'EXPIRED' };
    if (!userRequestPayload(request).withPin) {
      return shown === 'link' || (request.receiptOpens && !over) ? undefined : { word: 'DELIVERED_BY_MAIL' };
    }
    if (!over && call.pin === undefined && this.proof.has(call, request)) return undefined;
    if (request.pinExpiresAt !== null && request.pinExpiresAt <= now) return { word: 'EXPIRED' };
    if (request.pinAttempts >= (request.pinAttemptLimit ?? 0)) return { word: 'TOO_MANY_ATTEMPTS' };
    if (call.pin === undefined) return { word: 'PIN_REQUIRED' };
    return over ? this.tryClosed(request) : this.tryPin(proven, call, call.pin);
  }

  private async tryPin(
    { purpose, request }: CodeProven,
    call: ProcessingCall,
    pin: string,
  ): Promise<Refusal | undefined> {
    const { address, correlationId } = call.client;
    const by = { actor: 'anonymous', clientAddress: address, correlationId };
    const attempt = await this.attempts.checkPin(purpose, request, pin, by);
    if (attempt.kind === 'right') {
      if (call.navigates) await this.proof.give(call, request);
      return undefined;
    }
    if (attempt.kind === 'wrong' || (attempt.kind === 'locked' && attempt.judged)) await this.guesses.count(request);
    if (attempt.kind === 'wrong') return { word: 'WRONG_PIN', left: attempt.left };
    if (attempt.kind === 'not-valid') return { word: 'EXPIRED' };
    return attempt.judged ? { word: 'WRONG_PIN', left: 0 } : { word: 'TOO_MANY_ATTEMPTS' };
  }

  private async tryClosed(request: OneTimeRequest): Promise<Refusal> {
    if (!(await this.closed.countPin(request))) return { word: 'TOO_MANY_ATTEMPTS' };
    return { word: 'WRONG_PIN', left: (request.pinAttemptLimit ?? 0) - request.pinAttempts - 1 };
  }
}
