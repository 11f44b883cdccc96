import { Injectable } from '@nestjs/common';
import { Audit } from '../../../core/audit/audit.js';
import { Database } from '../../../core/database/database.js';
import { Challenges } from '../../challenges/challenges.js';
import type { TokenChallenge } from '../../token-challenge.entity.js';
import type { TokenRules } from '../../token-rules.js';
import type { UsableToken } from '../../usable-token.js';
import {
  type AttemptContext,
  type AttemptOrder,
  Attempts,
  type AttemptVerdict,
  type BegunAttempt,
} from '../../verification/attempts.js';
import { hasSigned } from './device-key.js';
import { pushState } from './push-token.js';
import { answerText, PUSH_DECISIONS } from './signed-texts.js';

/** A device's answer to a request; nothing of it is trusted yet. */
export interface PushAnswer {
  readonly accountId: string;
  /** Id of the challenge that was put for the purpose `push`. */
  readonly requestId: string;
  /** Whom the challenge was given to. */
  readonly boundTo: string;
  /** The device that answers. */
  readonly tokenId: string;
  readonly decision: unknown;
  /** ES256 over `answerText`, base64url. */
  readonly signature: unknown;
  readonly rules: TokenRules;
  readonly context: AttemptContext;
}

export type PushVerdict =
  | AttemptVerdict<'proof-not-valid' | 'challenge-not-valid' | 'authenticator-locked' | 'no-usable-token'>
  /** The person said no, signed by their device. The request is over. */
  | { readonly ok: false; readonly code: 'denied' };

/** Answers of push devices (authentication methods, section 6.11): signed, bound to the request, good for one use. */
@Injectable()
export class PushAnswers {
  constructor(
    private readonly challenges: Challenges,
    private readonly attempts: Attempts,
    private readonly audit: Audit,
    private readonly database: Database,
  ) {}

  /**
   * Checks an answer, counted before it is looked at. A wrong one leaves the request open for the right device, as often
   * as the challenge's limit says; a right one uses it up together with what it settles.
   */
  async verify(answer: PushAnswer): Promise<PushVerdict> {
    const { accountId, rules, context, tokenId } = answer;
    const order: AttemptOrder = { accountId, authenticator: 'OOBA', kinds: ['Push'], tokenId, rules, context };
    const challenge = await this.challenges.count(asked(answer));
    if (!challenge?.code) return this.attempts.refuse(order, 'challenge-not-valid');
    const begun = await this.attempts.begin(order);
    if (begun.locked) return this.attempts.refuse(order, 'authenticator-locked');
    const [token] = begun.tokens;
    if (!token) return this.attempts.refuse(order, 'no-usable-token');
    const decision = PUSH_DECISIONS.find((word) => word === answer.decision);
    const text = decision && answerText(challenge.id, challenge.code, decision);
    if (!text || !hasSigned(pushState(token.state).key, text, answer.signature)) {
      return this.attempts.refuse(order, 'proof-not-valid', token);
    }
    return decision === 'approve' ? this.approve(order, begun, token, challenge) : this.deny(answer, token);
  }

  private async approve(
    order: AttemptOrder,
    begun: BegunAttempt,
    token: UsableToken,
    { id }: TokenChallenge,
  ): Promise<PushVerdict> {
    return (await this.attempts.settle(order, begun, { token, advance: {}, challengeId: id }))
      ? { ok: true, token }
      : this.attempts.refuse(order, 'challenge-not-valid', token);
  }

  /** A signed no stays counted: whoever is asked again and again without having asked should notice (attack class 43). */
  private async deny(answer: PushAnswer, { serial }: UsableToken): Promise<PushVerdict> {
    return this.database.transaction(async (tx) => {
      const over = await this.challenges.consume(tx, asked(answer));
      if (!over) return { ok: false, code: 'challenge-not-valid' };
      await this.audit.record(tx, {
        ...answer.context,
        event: 'authenticator.denied',
        outcome: 'refused',
        accountId: answer.accountId,
        detail: { authenticator: 'OOBA', serial },
      });
      return { ok: false, code: 'denied' };
    });
  }
}

function asked({ accountId, boundTo, requestId }: PushAnswer) {
  return { purpose: 'push', accountId, boundTo, id: requestId } as const;
}
