import { Injectable } from '@nestjs/common';
import type { AdministratorCaller } from '../core/administrators/administrator-caller.js';
import { Audit } from '../core/audit/audit.js';
import { Database } from '../core/database/database.js';
import { Configuration } from '../core/domains/configuration.js';
import { DomainError } from '../core/errors/domain-error.js';
import { Throttle } from '../core/throttle/throttle.js';
import { accountWithAddress } from '../delivery/mail/mail-account.js';
import { maskedRecipient } from '../delivery/masked-recipient.js';
import { type Letter, Outbox } from '../delivery/outbox.js';
import { e164 } from '../delivery/sms/phone-number.js';
import { managerMessagesPerHour } from './help-desk-settings.js';

const HOUR = 3_600;

/** One address and nothing else (attack class 62); the transport looks again. */
const ONE_ADDRESS = /^[^\s@<>()[\],;:\\"\p{Cc}]{1,64}@[^\s@<>()[\],;:\\"\p{Cc}]{1,255}$/u;
/** What networks show as an alphanumeric sender or a number (GSM 03.40 section 9.1.2.5 allows 11 characters; gateways cut). */
const SMS_SENDER = /^[A-Za-z0-9 +]{1,15}$/;

/** Sends what administrators write themselves (manager-json-rpc section 12, `Send_Mail` and `Send_SMS`). */
@Injectable()
export class Letters {
  constructor(
    private readonly database: Database,
    private readonly configuration: Configuration,
    private readonly outbox: Outbox,
    private readonly throttle: Throttle,
    private readonly audit: Audit,
  ) {}

  /**
   * Sends a letter: message and audit row in one transaction, the first try right after its commit. One that is tried
   * again later counts as sent.
   *
   * @throws DomainError `no-address`, `value-out-of-range` for a text or sender that cannot be, `send-limit-reached`,
   *   `delivery-failed`
   */
  async send(caller: AdministratorCaller, letter: Omit<Letter, 'domainId'>): Promise<void> {
    await this.requireSendable(letter);
    await this.count(caller);
    const id = await this.database.transaction(async (tx) => {
      const message = await this.outbox.post(tx, { ...letter, domainId: caller.domainId });
      await this.audit.record(tx, {
        event: 'letter.posted',
        outcome: 'success',
        actor: caller.label,
        clientAddress: caller.clientAddress,
        correlationId: caller.correlationId,
        detail: {
          message,
          channel: letter.channel,
          recipient: maskedRecipient(letter.to),
          attachments: letter.attachments.length,
        },
      });
      return message;
    });
    const [outcome] = await this.outbox.deliverNow([id]);
    if (outcome?.state === 'failed') throw new DomainError('delivery-failed', { detail: outcome.reason ?? '' });
  }

  private async requireSendable({ channel, to, text, from }: Omit<Letter, 'domainId'>): Promise<void> {
    const reachable = channel === 'MAIL' ? ONE_ADDRESS.test(to) : e164(to) !== undefined;
    if (!reachable) throw new DomainError('no-address', { detail: `not an address for ${channel}` });
    if (text.trim() === '') throw new DomainError('value-out-of-range', { params: { parameter: 'text' } });
    if (from === undefined) return;
    const allowed =
      channel === 'MAIL'
        ? accountWithAddress(await this.configuration.snapshot(), from) !== undefined
        : SMS_SENDER.test(from);
    if (!allowed) throw new DomainError('value-out-of-range', { params: { parameter: 'from' } });
  }

  private async count({ accountId }: AdministratorCaller): Promise<void> {
    const limit = (await this.configuration.snapshot()).setting(managerMessagesPerHour);
    const { allowed } = await this.throttle.hit({ name: 'manager-messages', limit, window: HOUR }, accountId);
    if (!allowed) throw new DomainError('send-limit-reached', { params: { limit } });
  }
}
