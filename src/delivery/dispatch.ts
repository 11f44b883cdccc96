import { Injectable } from '@nestjs/common';
import { Database } from '../core/database/database.js';
import { OneTimeRequest } from '../core/requests/one-time-request.entity.js';
import { type RequestState, UNOPENED_STATES } from '../core/requests/request-states.js';
import { Clock } from '../core/time/clock.js';
import { LETTER } from './letters/letter.js';
import type { Message } from './message.entity.js';
import { MessageWriter } from './message-writer.js';
import { e164 } from './sms/phone-number.js';
import { SmsBudget } from './sms/sms-budget.js';
import { CATALOGUE } from './templates/catalogue.js';
import { DeliveryRefusal, MailTransport, type Receipt, SmsTransport } from './transport/transport.js';

/** One attempt at handing a message to the next hop. Knows channels, not states or retries. */
@Injectable()
export class Dispatch {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly writer: MessageWriter,
    private readonly mail: MailTransport,
    private readonly sms: SmsTransport,
    private readonly budget: SmsBudget,
  ) {}

  /** @throws DeliveryRefusal when the next hop did not take it over, or there is no sense in asking */
  async send(message: Message): Promise<Receipt> {
    await this.refuseDeadLink(message);
    return message.channel === 'MAIL' ? this.mail.send(await this.writer.mail(message)) : this.sendSms(message);
  }

  private async sendSms(message: Message): Promise<Receipt> {
    const sms = await this.writer.sms(message);
    const to = e164(sms.to);
    if (!to) {
      throw DeliveryRefusal.forGood('invalid-address', 'the number in the directory is not an international number');
    }
    await this.budget.expectAllowed(message, to);
    // A budget counts messages: a gateway that is down for an hour must not use it up.
    if (message.attempts === 1) await this.budget.spend(message, to);
    return this.sms.send({ ...sms, to });
  }

  /** A link, or a PIN, of a request that was superseded, used or has expired meanwhile would only send a person in vain. */
  private async refuseDeadLink(message: Message): Promise<void> {
    if (message.purpose === LETTER || message.requestId === null) return;
    const { essential } = CATALOGUE[message.purpose];
    if (essential !== 'LINK' && essential !== 'PIN') return;
    const request = await this.database.manager.findOne(OneTimeRequest, {
      select: { id: true, state: true, expiresAt: true },
      where: { id: message.requestId },
    });
    if (!request) return;
    const unopened: readonly RequestState[] = UNOPENED_STATES;
    if (!unopened.includes(request.state) || request.expiresAt <= this.clock.now()) {
      throw DeliveryRefusal.forGood('withdrawn', 'the link was not valid any more');
    }
  }
}
