import { Injectable } from '@nestjs/common';
import { Audit } from '../../core/audit/audit.js';
import { rows, type Tx } from '../../core/database/database.js';
import { DomainError } from '../../core/errors/domain-error.js';
import type { UsableToken } from '../usable-token.js';
import type { CountedAuthenticator } from '../verification/attempt-shapes.js';
import { AttemptRepository } from '../verification/attempt.repository.js';
import type { AttemptOrder } from '../verification/attempts.js';

/** Writes down that a device approved, in the transaction that ends the request. */
@Injectable()
export class PushSettlement {
  constructor(
    private readonly attempts: AttemptRepository,
    private readonly audit: Audit,
  ) {}

  /** @throws DomainError `no-usable-token` when the device was used up or taken away meanwhile */
  async settle(tx: Tx, counted: CountedAuthenticator, token: UsableToken, order: AttemptOrder): Promise<void> {
    const used = await rows(
      tx,
      `WITH used AS (
         UPDATE token_assignments SET usage_count = usage_count + 1, last_used_at = $1
         WHERE id = $2 AND status = 'ACTIVE' AND ended_at IS NULL AND (usage_limit = 0 OR usage_count < usage_limit)
         RETURNING token_id)
       UPDATE tokens SET last_used_at = $1 FROM used WHERE tokens.id = used.token_id AND tokens.status = 'ACTIVE'
       RETURNING tokens.id`,
      [counted.now, token.assignmentId],
    );
    if (used.length === 0) throw new DomainError('no-usable-token');
    await this.attempts.forgetFailures(tx, counted);
    await this.audit.record(tx, {
      ...order.context,
      event: 'authenticator.verified',
      outcome: 'success',
      accountId: order.accountId,
      detail: { authenticator: order.authenticator, serial: token.serial },
    });
  }
}
