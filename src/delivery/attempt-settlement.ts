import { Injectable, Logger } from '@nestjs/common';
import { Audit } from '../core/audit/audit.js';
import { Database, type Tx } from '../core/database/database.js';
import { Configuration } from '../core/domains/configuration.js';
import { DeliveryMetrics } from './delivery-metrics.js';
import type { Message } from './message.entity.js';
import { MessageRepository, type Settlement } from './message.repository.js';

/** Writes down how an attempt ended: the row, the audit of a dead letter with it, the metrics. */
@Injectable()
export class AttemptSettlement {
  private readonly logger = new Logger('Delivery');

  constructor(
    private readonly database: Database,
    private readonly configuration: Configuration,
    private readonly messages: MessageRepository,
    private readonly audit: Audit,
    private readonly metrics: DeliveryMetrics,
  ) {}

  /** @returns the message as written; undefined when its claim had run out and another sender has it now */
  async settle(message: Message, settlement: Settlement): Promise<Message | undefined> {
    const { state, category, reason, nextAttemptAt } = settlement;
    this.metrics.attempted(message.channel, state, category);
    if (reason) this.logger.warn({ message: message.id, channel: message.channel, state, nextAttemptAt }, reason);
    const settled =
      state === 'failed'
        ? await this.bury(message, settlement)
        : await this.messages.settle(this.database.manager, message, settlement);
    if (!settled) this.logger.warn(`message ${message.id}: the attempt ended after its claim had run out`);
    return settled;
  }

  /** A dead letter and its audit row exist together or not at all. */
  private async bury(message: Message, settlement: Settlement): Promise<Message | undefined> {
    const snapshot = await this.configuration.snapshot();
    const domain = snapshot.domainById(message.domainId)?.name;
    return this.database.transaction(async (tx: Tx) => {
      const buried = await this.messages.settle(tx, message, settlement);
      if (buried) {
        await this.audit.record(tx, {
          event: 'message.failed',
          outcome: 'failed',
          actor: 'system',
          domain,
          accountId: message.accountId,
          requestId: message.requestId,
          detail: {
            message: message.id,
            channel: message.channel,
            purpose: message.purpose,
            attempts: message.attempts,
            reason: settlement.reason ?? null,
          },
        });
      }
      return buried;
    });
  }
}
