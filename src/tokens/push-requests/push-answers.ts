import { Injectable } from '@nestjs/common';
import { Database } from '../../core/database/database.js';
import { isStoredUuid } from '../../core/database/uuid.js';
import { DomainError } from '../../core/errors/domain-error.js';
import { Clock } from '../../core/time/clock.js';
import { hasSigned } from '../kinds/push/device-key.js';
import { pushState } from '../kinds/push/push-token.js';
import { answerText, PUSH_DECISIONS, type PushDecision } from '../kinds/push/signed-texts.js';
import type { UsableToken } from '../usable-token.js';
import { type AttemptOrder, Attempts, type BegunAttempt } from '../verification/attempts.js';
import { Passcodes } from '../verification/passcodes.js';
import { askedBy, type PushAnswer, type PushVerdict } from './push-answer.js';
import { PushEndings } from './push-endings.js';
import type { PushRequest } from './push-request.entity.js';
import { PushRequestRepository } from './push-request.repository.js';
import { PushSettlement } from './push-settlement.js';

/** Answers of push devices (authentication methods, section 6.11): signed, bound to the request, good for one use. */
@Injectable()
export class PushAnswers {
  constructor(
    private readonly repository: PushRequestRepository,
    private readonly attempts: Attempts,
    private readonly settlement: PushSettlement,
    private readonly endings: PushEndings,
    private readonly passcodes: Passcodes,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /**
   * Checks an answer, counted before it is looked at, on the request and on the person (invariant 2). One with a wrong
   * signature leaves the request open for the right device; a signed one ends it, once, but for a
   * wrong PIN code.
   */
  async verify(answer: PushAnswer): Promise<PushVerdict> {
    const { accountId, rules, context, tokenId } = answer;
    const order: AttemptOrder = { accountId, authenticator: 'OOBA', kinds: ['Push'], tokenId, rules, context };
    const request = isStoredUuid(answer.requestId) && (await this.repository.count(askedBy(answer), this.clock.now()));
    if (!request) return this.attempts.refuse(order, 'challenge-not-valid');
    const begun = await this.attempts.begin(order);
    if (begun.locked) return this.attempts.refuse(order, 'authenticator-locked');
    const [token] = begun.tokens;
    if (!token) return this.attempts.refuse(order, 'no-usable-token');
    const decision = PUSH_DECISIONS.find((word) => word === answer.decision);
    if (!decision || !isSigned(answer, decision, request, token)) {
      return this.attempts.refuse(order, 'proof-not-valid', token);
    }
    if (decision === 'deny') return this.endings.deny(answer, request, token);
    if (request.number !== null && request.number !== answer.number) return this.endings.mismatch(answer, token);
    if (request.localAuth === 'PIN') {
      const refused = await this.pinRefusal(answer);
      if (refused) return { ok: false, code: refused };
    }
    return this.approve(answer, order, begun, token);
  }

  /**
   * Checks the PIN code, counted as every attempt at it; nobody comes as far as this without the device. One that is left
   * out, by a page of an earlier version, is no guess.
   */
  private async pinRefusal({ accountId, rules, context, pin }: PushAnswer) {
    if (!pin) return 'pin-wrong';
    const verdict = await this.passcodes.verify({ accountId, authenticator: 'PIN', typed: pin, rules, context });
    if (verdict.ok) return undefined;
    return verdict.code === 'authenticator-locked' ? verdict.code : 'pin-wrong';
  }

  private async approve(
    answer: PushAnswer,
    order: AttemptOrder,
    { start }: BegunAttempt,
    token: UsableToken,
  ): Promise<PushVerdict> {
    try {
      return await this.database.transaction(async (tx) => {
        const won = await this.repository.answer(tx, askedBy(answer), 'approved', this.clock.now());
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
}

function isSigned(answer: PushAnswer, decision: PushDecision, request: PushRequest, token: UsableToken): boolean {
  const number = typeof answer.number === 'string' ? answer.number : undefined;
  const text = answerText({ requestId: request.id, decision, number, application: request.application });
  return hasSigned(pushState(token.state).key, text, answer.signature);
}
