import { Injectable } from '@nestjs/common';
import { Database, type Tx } from '../database/database.js';
import { Clock } from '../time/clock.js';
import type { OneTimeRequest } from './one-time-request.entity.js';
import type { RequestActor } from './request-actor.js';
import { type AttemptCounter, RequestAttemptRepository } from './request-attempt.repository.js';
import { RequestAudit } from './request-audit.js';
import { isRecordNumber } from './record-number.js';
import type { RequestPurpose } from './request-purpose.js';
import { RequestSecrets } from './request-secrets.js';
import type { RequestStep } from './request-steps.js';
import { stepTimes } from './step-times.js';

/** What became of an attempt. */
export type Attempt =
  | { readonly kind: 'right'; readonly request: OneTimeRequest }
  | { readonly kind: 'wrong'; /** Further tries until the request is locked. */ readonly left: number }
  /** This one was the last (`judged`), or there was none left to judge it with. */
  | { readonly kind: 'locked'; readonly judged: boolean }
  /** Over, or about to be. */
  | { readonly kind: 'not-valid' };

/**
 * An attempt at the code of a request that was found by its number. Whoever shows a wrong code is told nothing: `wrong`,
 * `locked` and `not-valid` have to look the same to them (user-requests section 4).
 */
export type CodeAttempt =
  | { readonly kind: 'right'; readonly request: OneTimeRequest; readonly shown: ShownCode }
  /** The code is right, and the request is over; only of purposes that tell (`RequestPurpose.tellsEnd`). */
  | { readonly kind: 'ended'; readonly request: OneTimeRequest; readonly shown: ShownCode }
  | Exclude<Attempt, { kind: 'right' }>;

/** Which of its codes it was: the one in the link, or the one that the caller was given. */
export type ShownCode = 'link' | 'receipt';

interface AttemptKind {
  readonly counter: AttemptCounter;
  /** The step that a right answer passes. */
  readonly passes?: RequestStep;
}

/**
 * Attempts at the secrets of requests: counted, and committed, before the secret is looked at (invariant 2, attack class
 * 26). A right one is taken back, so that the limit is one of wrong ones, and the last wrong one locks the request. Every
 * wrong one leaves an audit row.
 *
 * None of these may be called inside a transaction: what is counted must stay counted whatever comes after it.
 */
@Injectable()
export class RequestAttempts {
  constructor(
    private readonly database: Database,
    private readonly repository: RequestAttemptRepository,
    private readonly secrets: RequestSecrets,
    private readonly audit: RequestAudit,
    private readonly clock: Clock,
  ) {}

  /**
   * Counts an attempt and then judges it.
   *
   * @param isRight looks at the secret, with the request as it was counted. When it throws, the attempt was not judged
   *   and is taken back; the error goes to the caller.
   */
  async attempt(
    request: OneTimeRequest,
    kind: AttemptKind,
    by: RequestActor,
    isRight: (counted: OneTimeRequest) => boolean | Promise<boolean>,
  ): Promise<Attempt> {
    const counted = await this.countAttempt(request, kind.counter);
    return counted ? this.judge(counted, kind, by, isRight) : this.notCounted(request, kind.counter);
  }

  /**
   * Counts an attempt, in a statement that commits by itself, and gives the request with what the comparison needs;
   * undefined when it is over, or the limit is used up. The caller judges and then settles it, which {@link attempt} does
   * by itself.
   */
  countAttempt(request: OneTimeRequest, counter: AttemptCounter): Promise<OneTimeRequest | undefined> {
    return this.repository.count(this.database.manager, request.id, counter, this.clock.now());
  }

  /**
   * Checks a code of a request that was found by its number: the one in its link, or the one that its caller was given.
   * What the second may do is for the surface to say (`receiptOpens`).
   */
  async checkCode(
    purpose: RequestPurpose,
    request: OneTimeRequest,
    code: string,
    by: RequestActor,
  ): Promise<CodeAttempt> {
    if (request.keepsCodes && isOver(request, this.clock.now())) {
      // Not counted: a request that is over has nothing to protect.
      const shown = this.shown(purpose, request, code);
      return shown ? { kind: 'ended', request, shown } : { kind: 'not-valid' };
    }
    const counted = await this.countAttempt(request, 'code');
    return counted ? this.judgeCode(purpose, counted, code, by) : this.notCounted(request, 'code');
  }

  /**
   * As {@link checkCode}, of the request with a record number, which is counted before anything of it is read.
   *
   * @returns undefined, with nothing counted, when no live request of one of these purposes has the number, or its limit is
   *   used up; {@link checkCode} tells which
   */
  async checkNumbered(
    purposes: readonly RequestPurpose[],
    number: string,
    code: string,
    by: RequestActor,
  ): Promise<{ readonly request: OneTimeRequest; readonly attempt: CodeAttempt } | undefined> {
    if (!isRecordNumber(number)) return undefined;
    const names = purposes.map(({ name }) => name);
    const request = await this.repository.countNumbered(names, number, this.clock.now());
    const purpose = request && purposes.find(({ name }) => name === request.purpose);
    return purpose && { request, attempt: await this.judgeCode(purpose, request, code, by) };
  }

  /** Checks the PIN of a request; it has a count and a deadline of its own. */
  checkPin(purpose: RequestPurpose, request: OneTimeRequest, pin: string, by: RequestActor): Promise<Attempt> {
    return this.attempt(request, { counter: 'pin' }, by, ({ id, pinDigest }) =>
      this.secrets.matchesPin(purpose, id, pinDigest, pin),
    );
  }

  /**
   * Opened requests of an account owe a step again that they had passed, because what it was passed with is not to be
   * trusted any more.
   */
  forgetStep(tx: Tx, accountId: string, step: RequestStep): Promise<void> {
    return this.repository.forgetStep(tx, accountId, step);
  }

  private async judgeCode(
    purpose: RequestPurpose,
    counted: OneTimeRequest,
    code: string,
    by: RequestActor,
  ): Promise<CodeAttempt> {
    let shown: ShownCode | undefined;
    const attempt = await this.judge(counted, { counter: 'code' }, by, () => {
      shown = this.shown(purpose, counted, code);
      return shown !== undefined;
    });
    if (attempt.kind !== 'right') return attempt;
    return shown ? { ...attempt, shown } : { kind: 'not-valid' };
  }

  /** Looks at a secret whose attempt is counted; one that could not be judged is taken back. */
  private async judge(
    counted: OneTimeRequest,
    kind: AttemptKind,
    by: RequestActor,
    isRight: (counted: OneTimeRequest) => boolean | Promise<boolean>,
  ): Promise<Attempt> {
    let right: boolean;
    try {
      right = await isRight(counted);
    } catch (error) {
      await this.repository.takeBack(this.database.manager, counted.id, kind.counter, undefined);
      throw error;
    }
    return right ? this.right(counted, kind, by) : this.wrong(counted, kind, by);
  }

  private shown(
    purpose: RequestPurpose,
    { linkDigest, receiptDigest }: OneTimeRequest,
    code: string,
  ): ShownCode | undefined {
    const link = this.secrets.matches('link', purpose, linkDigest, code);
    const receipt = this.secrets.matches('receipt', purpose, receiptDigest, code);
    if (link) return 'link';
    return receipt ? 'receipt' : undefined;
  }

  private async right(counted: OneTimeRequest, { counter, passes }: AttemptKind, by: RequestActor): Promise<Attempt> {
    if (!passes) {
      const request =
        counter === 'code'
          ? await this.repository.takeCodeBack(counted.id)
          : await this.repository.takeBack(this.database.manager, counted.id, counter, passes);
      return request ? { kind: 'right', request } : { kind: 'not-valid' };
    }
    return this.database.transaction(async (tx) => {
      const request = await this.repository.takeBack(tx, counted.id, counter, passes);
      if (!request) return { kind: 'not-valid' };
      await this.audit.record(tx, request, 'step-passed', { ...by, detail: { ...by.detail, step: passes } });
      return { kind: 'right', request };
    });
  }

  private wrong(counted: OneTimeRequest, { counter, passes }: AttemptKind, by: RequestActor): Promise<Attempt> {
    const left = triesLeft(counted, counter);
    const at = { ...by, detail: { ...by.detail, at: passes ?? counter } };
    return this.database.transaction(async (tx) => {
      await this.audit.record(tx, counted, 'attempt-refused', at);
      if (left > 0) return { kind: 'wrong', left };
      const locked = await this.repository.lock(tx, counted.id, counter, stepTimes(this.clock));
      if (locked) await this.audit.record(tx, locked, 'locked', at);
      return { kind: 'locked', judged: true };
    });
  }

  private async notCounted(
    request: OneTimeRequest,
    counter: AttemptCounter,
  ): Promise<Exclude<Attempt, { kind: 'right' }>> {
    const usedUp = await this.repository.isUsedUp(this.database.manager, request.id, counter);
    return usedUp ? { kind: 'locked', judged: false } : { kind: 'not-valid' };
  }
}

function isOver({ endedAt, state, expiresAt }: OneTimeRequest, now: Date): boolean {
  return endedAt !== null || (state !== 'opened' && expiresAt <= now);
}

function triesLeft(
  { attempts, attemptLimit, pinAttempts, pinAttemptLimit }: OneTimeRequest,
  counter: AttemptCounter,
): number {
  return counter === 'pin' ? (pinAttemptLimit ?? 0) - pinAttempts : attemptLimit - attempts;
}
