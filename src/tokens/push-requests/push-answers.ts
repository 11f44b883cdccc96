import { Injectable } from '@nestjs/common';
import { Audit } from '../../core/audit/audit.js';
import { Database } from '../../core/database/database.js';
import { isStoredUuid } from '../../core/database/uuid.js';
import { DomainError } from '../../core/errors/domain-error.js';
import { Clock } from '../../core/time/clock.js';
import { hasSigned } from '../kinds/push/device-key.js';
import { pushState } from '../kinds/push/push-token.js';
import { answerText, PUSH_DECISIONS, type PushDecision } from '../kinds/push/signed-texts.js';
import type { TokenRules } from '../token-rules.js';
import type { UsableToken } from '../usable-token.js';
import {
  type AttemptContext,
  type AttemptOrder,
  Attempts,
  type AttemptVerdict,
  type BegunAttempt,
} from '../verification/attempts.js';
import { PushDenialNotice } from './push-denial-notice.js';
import type { PushRequest } from './push-request.entity.js';
import { PushRequestRepository } from './push-request.repository.js';
import { PushSettlement } from './push-settlement.js';

/** A device's answer to a request; nothing of it is trusted yet. */
export interface PushAnswer {
  readonly accountId: string;
  /** The device that answers. */
  readonly tokenId: string;
  readonly requestId: string;
  readonly decision: unknown;
  /** What the person entered, where a number is to be matched. */
  readonly number: unknown;
  /** ES256 over `answerText`, base64url. */
  readonly signature: unknown;
  readonly rules: TokenRules;
  readonly context: AttemptContext;
}

export type PushVerdict =
  | AttemptVerdict<'proof-not-valid' | 'challenge-not-valid' | 'authenticator-locked' | 'no-usable-token'>
  /** Signed by their device: the person said no, or approved with another number. The request is over. */
  | { readonly ok: false; readonly code: 'denied' | 'mismatched' };

/** Answers of push devices (authentication methods, section 6.11): signed, bound to the request, good for one use. */
@Injectable()
export class PushAnswers {
  constructor(
    private readonly repository: PushRequestRepository,
    private readonly attempts: Attempts,
    private readonly settlement: PushSettlement,
    private readonly notice: PushDenialNotice,
    private readonly audit: Audit,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /**
   * Checks an answer, counted before it is looked at, on the request and on the person (invariant 2). One with a wrong
   * signature leaves the request open for the right device; a signed one ends it, once.
   */
  async verify(answer: PushAnswer): Promise<PushVerdict> {
    const { accountId, rules, context, tokenId } = answer;
    const order: AttemptOrder = { accountId, authenticator: 'OOBA', kinds: ['Push'], tokenId, rules, context };
    const request = isStoredUuid(answer.requestId) && (await this.repository.count(asked(answer), this.clock.now()));
    if (!request) return this.attempts.refuse(order, 'challenge-not-valid');
    const begun = await this.attempts.begin(order);
    if (begun.locked) return this.attempts.refuse(order, 'authenticator-locked');
    const [token] = begun.tokens;
    if (!token) return this.attempts.refuse(order, 'no-usable-token');
    const decision = PUSH_DECISIONS.find((word) => word === answer.decision);
    if (!decision || !isSigned(answer, decision, request, token)) {
      return this.attempts.refuse(order, 'proof-not-valid', token);
    }
    if (decision === 'deny') return this.deny(answer, request, token);
    if (request.number !== null && request.number !== answer.number) return this.mismatch(answer, token);
    return this.approve(answer, order, begun, token);
  }

  private async approve(
    answer: PushAnswer,
    order: AttemptOrder,
    { start }: BegunAttempt,
    token: UsableToken,
  ): Promise<PushVerdict> {
    try {
      return await this.database.transaction(async (tx) => {
        const won = await this.repository.answer(tx, asked(answer), 'approved', this.clock.now());
        if (!won) throw new DomainError('challenge-not-valid');
        await this.settlement.settle(tx, start, token, order);
        return { ok: true, token };
      });
    } catch (error) {
      if (!DomainError.is(error)) throw error;
      if (error.code !== 'challenge-not-valid' && error.code !== 'no-usable-token') throw error;
      return this.attempts.refuse(order, error.code, token);
    }
  }

  /** A signed no stays counted: whoever is asked again and again without having asked should notice (attack class 43). */
  private async deny(answer: PushAnswer, request: PushRequest, token: UsableToken): Promise<PushVerdict> {
    const recipient = await this.notice.recipient(answer.accountId);
    return this.end(answer, 'denied', token, async (tx) => {
      const told = recipient !== undefined && (await this.notice.send(tx, recipient, request));
      return { application: request.application, told };
    });
  }

  /** As a no: whoever approves what they did not ask for has no number to go by. */
  private mismatch(answer: PushAnswer, token: UsableToken): Promise<PushVerdict> {
    return this.end(answer, 'mismatched', token, () => Promise.resolve({ reason: 'number' }));
  }

  private end(
    answer: PushAnswer,
    code: 'denied' | 'mismatched',
    { serial }: UsableToken,
    besides: (tx: Parameters<PushDenialNotice['send']>[0]) => Promise<Record<string, string | boolean>>,
  ): Promise<PushVerdict> {
    return this.database.transaction(async (tx) => {
      const over = await this.repository.answer(tx, asked(answer), code, this.clock.now());
      if (!over) return { ok: false, code: 'challenge-not-valid' };
      await this.audit.record(tx, {
        ...answer.context,
        event: code === 'denied' ? 'authenticator.denied' : 'authenticator.refused',
        outcome: 'refused',
        accountId: answer.accountId,
        detail: { authenticator: 'OOBA', serial, ...(await besides(tx)) },
      });
      return { ok: false, code };
    });
  }
}

function isSigned(answer: PushAnswer, decision: PushDecision, request: PushRequest, token: UsableToken): boolean {
  const number = typeof answer.number === 'string' ? answer.number : undefined;
  const text = answerText({ requestId: request.id, decision, number, application: request.application });
  return hasSigned(pushState(token.state).key, text, answer.signature);
}

function asked({ requestId, accountId, tokenId }: PushAnswer) {
  return { id: requestId, accountId, tokenId };
}
