import { Injectable } from '@nestjs/common';
import { Audit } from '../../core/audit/audit.js';
import { KeyRing } from '../../core/crypto/key-ring.js';
import { plainSecret } from '../../core/crypto/secret-types.js';
import { Database } from '../../core/database/database.js';
import { Configuration } from '../../core/domains/configuration.js';
import { Throttle } from '../../core/throttle/throttle.js';
import { DeliveryMetrics } from '../delivery-metrics.js';
import { smsAllowedPrefixes, smsPerDay, smsPerRecipientPerHour } from '../delivery-settings.js';
import type { Message } from '../message.entity.js';
import { DeliveryRefusal } from '../transport/transport.js';

const HOUR = 3_600;
const DAY = 24 * HOUR;

/** Which of the budgets said no. */
export type SmsBudgetName = 'prefix' | 'recipient' | 'day';

const REASONS: Record<SmsBudgetName, string> = {
  prefix: 'numbers with this beginning are not allowed (sms_allowed_prefixes)',
  recipient: 'the number has been sent as many SMS as an hour allows (sms_per_recipient_per_hour)',
  day: 'as many SMS have been sent as a day allows (sms_per_day)',
};

/** Keeps SMS from being used to bother people or to earn money with premium numbers (attack class 67). */
@Injectable()
export class SmsBudget {
  constructor(
    private readonly database: Database,
    private readonly configuration: Configuration,
    private readonly throttle: Throttle,
    private readonly keyRing: KeyRing,
    private readonly audit: Audit,
    private readonly metrics: DeliveryMetrics,
  ) {}

  /**
   * Asks whether SMS may go to `number` (E.164) at all. Call it for each attempt: the first one may have ended before
   * anybody asked, and what is allowed may have changed since.
   *
   * @throws DeliveryRefusal for good when not; the audit and the metrics know by then
   */
  async expectAllowed(message: Message, number: string): Promise<void> {
    const prefixes = (await this.configuration.snapshot()).setting(smsAllowedPrefixes);
    if (prefixes.length === 0 || prefixes.some((prefix) => number.startsWith(prefix))) return;
    await this.refuse(message, 'prefix');
  }

  /**
   * Counts one SMS to `number` (E.164). Call it once for each message, not for each attempt.
   *
   * @throws DeliveryRefusal for good when a budget is used up; the audit and the metrics know by then
   */
  async spend(message: Message, number: string): Promise<void> {
    const exhausted = await this.exhausted(number);
    if (exhausted) await this.refuse(message, exhausted);
  }

  private async refuse(message: Message, budget: SmsBudgetName): Promise<never> {
    this.metrics.budgetReached(budget);
    const snapshot = await this.configuration.snapshot();
    await this.audit.record(this.database.manager, {
      event: 'sms-budget.reached',
      outcome: 'refused',
      code: 'send-limit-reached',
      actor: 'system',
      domain: snapshot.domainById(message.domainId)?.name,
      accountId: message.accountId,
      requestId: message.requestId,
      detail: { budget, recipient: message.recipient, message: message.id },
    });
    throw DeliveryRefusal.forGood('budget', REASONS[budget]);
  }

  private async exhausted(number: string): Promise<SmsBudgetName | undefined> {
    const snapshot = await this.configuration.snapshot();
    const perHour = { name: 'sms-recipient', limit: snapshot.setting(smsPerRecipientPerHour), window: HOUR };
    const subject = this.keyRing.digest(plainSecret(number), 'sms-recipient');
    if (!(await this.throttle.hit(perHour, subject)).allowed) return 'recipient';
    const perDay = { name: 'sms', limit: snapshot.setting(smsPerDay), window: DAY };
    if (!(await this.throttle.hit(perDay, 'all')).allowed) return 'day';
    return undefined;
  }
}
