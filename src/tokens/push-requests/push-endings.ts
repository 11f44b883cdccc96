import { Injectable } from '@nestjs/common';
import { Audit } from '../../core/audit/audit.js';
import { Database, type Tx } from '../../core/database/database.js';
import { Clock } from '../../core/time/clock.js';
import type { UsableToken } from '../usable-token.js';
import { askedBy, type PushAnswer, type PushVerdict } from './push-answer.js';
import { PushDenialNotice } from './push-denial-notice.js';
import type { PushRequest } from './push-request.entity.js';
import { PushRequestRepository } from './push-request.repository.js';

/** Ends requests that were not approved by their devices' answers. */
@Injectable()
export class PushEndings {
  constructor(
    private readonly repository: PushRequestRepository,
    private readonly notice: PushDenialNotice,
    private readonly audit: Audit,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** A signed no stays counted: whoever is asked again and again without having asked should notice (attack class 43). */
  async deny(answer: PushAnswer, request: PushRequest, token: UsableToken): Promise<PushVerdict> {
    const recipient = await this.notice.recipient(answer.accountId);
    return this.end(answer, 'denied', token, async (tx) => {
      const told = recipient !== undefined && (await this.notice.send(tx, recipient, request));
      return { application: request.application, told };
    });
  }

  /** As a no: whoever approves what they did not ask for has no number to go by. */
  mismatch(answer: PushAnswer, token: UsableToken): Promise<PushVerdict> {
    return this.end(answer, 'mismatched', token, () => Promise.resolve({ reason: 'number' }));
  }

  private end(
    answer: PushAnswer,
    code: 'denied' | 'mismatched',
    { serial }: UsableToken,
    besides: (tx: Tx) => Promise<Record<string, string | boolean>>,
  ): Promise<PushVerdict> {
    return this.database.transaction(async (tx) => {
      const over = await this.repository.answer(tx, askedBy(answer), code, this.clock.now());
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
