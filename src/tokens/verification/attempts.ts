import { Injectable } from '@nestjs/common';
import { Audit, type NewAuditEvent } from '../../core/audit/audit.js';
import { Database } from '../../core/database/database.js';
import { DomainError, type DomainErrorCode } from '../../core/errors/domain-error.js';
import { Clock } from '../../core/time/clock.js';
import type { Authenticator, CountedFor, TokenKindName } from '../token-kinds.js';
import { rulesOf, type TokenRules } from '../token-rules.js';
import type { UsableToken } from '../usable-token.js';
import type { AttemptStart, AttemptSuccess, CountedAttempt } from './attempt-shapes.js';
import { AttemptRepository } from './attempt.repository.js';
import { CombinedRecords } from './combined-records.js';

/** Who presents something, as the audit names them, and what else it is to say, e.g. the application. */
export type AttemptContext = Pick<
  NewAuditEvent,
  'actor' | 'clientAddress' | 'domain' | 'target' | 'requestId' | 'correlationId' | 'detail'
>;

/** What is presented by whom, without the thing itself. */
export interface AttemptOrder {
  readonly accountId: string;
  readonly authenticator: Authenticator;
  readonly kinds: readonly TokenKindName[];
  /** The one token that is meant; every usable one of the kinds when absent. */
  readonly tokenId?: string | undefined;
  /** Its serial number, where callers know it by that; must hold besides `tokenId`. */
  readonly serial?: string | undefined;
  readonly rules: TokenRules;
  readonly context: AttemptContext;
}

/** What the record of a refusal says of the attempt. */
export type RefusedAttempt = Pick<AttemptOrder, 'accountId' | 'context'> & { readonly authenticator: CountedFor };

/** Why an attempt was not right. */
export type AttemptRefusal = Extract<
  DomainErrorCode,
  | 'passcode-wrong'
  | 'passcode-replayed'
  | 'passcode-expired'
  | 'token-out-of-sync'
  | 'proof-not-valid'
  | 'challenge-not-valid'
  | 'authenticator-locked'
  | 'no-usable-token'
>;

export type AttemptVerdict<Refusal extends AttemptRefusal = AttemptRefusal> =
  { readonly ok: true; readonly token: UsableToken } | { readonly ok: false; readonly code: Refusal };

/** An attempt that is counted; it may be judged unless `locked`, or without a usable token. */
export interface BegunAttempt extends CountedAttempt {
  readonly start: AttemptStart;
}

/** What was right about an attempt. */
export type Settlement = Pick<AttemptSuccess, 'token' | 'advance'> &
  Partial<Pick<AttemptSuccess, 'lookUp' | 'passcode' | 'history' | 'challengeId'>>;

/**
 * What attempts with every authenticator have in common (design, invariants 1, 2 and 12): counted, and committed, before
 * anything is looked at; settled by one guarded statement; recorded either way. How a thing is judged is for its kind.
 */
@Injectable()
export class Attempts {
  private readonly records: CombinedRecords;

  constructor(
    private readonly repository: AttemptRepository,
    private readonly audit: Audit,
    database: Database,
    private readonly clock: Clock,
  ) {
    this.records = new CombinedRecords(audit, database);
  }

  /**
   * @throws DomainError `database-unavailable`; `too-many-attempts` with `retryAfter` seconds where the rules let people
   *   wait after failures, and then nothing is counted
   */
  async begin(order: AttemptOrder): Promise<BegunAttempt> {
    const { accountId, authenticator, kinds, tokenId, serial, rules } = order;
    const start: AttemptStart = {
      accountId,
      authenticator,
      kinds,
      tokenId,
      serial,
      now: this.clock.now(),
      limit: rules.maxFailures,
      unlockedBefore: rules.lockSeconds === undefined ? undefined : this.clock.in(-rules.lockSeconds),
      growingDelay: rules.growingDelay ?? false,
      pinWanted: asksForPin(rules),
    };
    const counted = await this.repository.begin(start);
    const { retryAfter } = counted;
    if (retryAfter === undefined) return { start, ...counted };
    await this.record(order, 'too-many-attempts');
    throw new DomainError('too-many-attempts', { params: { retryAfter } });
  }

  /** Writes down an attempt that was right. @returns false when another one with the same was first */
  settle(order: AttemptOrder, { start }: BegunAttempt, { token, advance, ...right }: Settlement): Promise<boolean> {
    return this.repository.settle({
      start,
      token,
      advance,
      lookUp: right.lookUp,
      passcode: right.passcode,
      history: right.history ?? rulesOf(order.rules, token.product).passcodeHistory,
      challengeId: right.challengeId,
      audit: this.audit.values({
        ...order.context,
        event: 'authenticator.verified',
        outcome: 'success',
        accountId: order.accountId,
        detail: { ...order.context.detail, authenticator: order.authenticator, serial: token.serial },
      }),
    });
  }

  /** Writes down an attempt that was not right; it stays counted. */
  async refuse<Refusal extends AttemptRefusal>(
    attempt: RefusedAttempt,
    code: Refusal,
    token?: UsableToken,
    reason?: string,
  ): Promise<AttemptVerdict<Refusal>> {
    await this.record(attempt, code, {
      ...(token && { serial: token.serial }),
      ...(reason !== undefined && { reason }),
    });
    return { ok: false, code };
  }

  private record(
    { accountId, authenticator, context }: RefusedAttempt,
    code: DomainErrorCode,
    detail: NewAuditEvent['detail'] = {},
  ): Promise<void> {
    return this.records.write({
      ...context,
      event: 'authenticator.refused',
      outcome: 'refused',
      code,
      accountId,
      detail: { ...context.detail, authenticator, ...detail },
    });
  }
}

/** Whether the rules want a PIN in front of a passcode of any product. */
function asksForPin({ pinPrefix, products }: TokenRules): boolean {
  return pinPrefix || [...products.values()].some((own) => own.pinPrefix);
}
