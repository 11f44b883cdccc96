import { type DynamicModule, Global, Module } from '@nestjs/common';
import type { Environment } from '../core/config/environment.js';
import { AttemptSettlement } from './attempt-settlement.js';
import { Delivery } from './delivery.js';
import { DeliveryMetrics } from './delivery-metrics.js';
import { Dispatch } from './dispatch.js';
import { MailReadiness } from './mail/mail-readiness.js';
import { SmtpTransport } from './mail/smtp-transport.js';
import { Mailbox } from './mailbox/mailbox.js';
import { MailboxController } from './mailbox/mailbox.controller.js';
import { MailboxPages } from './mailbox/mailbox.pages.js';
import { MailboxMailTransport, MailboxSmsTransport } from './mailbox/mailbox-transports.js';
import { MessageHousekeeping } from './message-housekeeping.js';
import { MessageLedger } from './message-ledger.js';
import { MessageOutbox } from './message-outbox.js';
import { MessageQueue } from './message-queue.js';
import { MessageRepository } from './message.repository.js';
import { MessageWorker } from './message-worker.js';
import { MessageWriter } from './message-writer.js';
import { Outbox } from './outbox.js';
import { HttpSmsGateway } from './sms/http-gateway.js';
import { SmsBudget } from './sms/sms-budget.js';
import { MailTransport, SmsTransport } from './transport/transport.js';

const RELAYS = [
  { provide: MailTransport, useExisting: SmtpTransport },
  { provide: SmsTransport, useExisting: HttpSmsGateway },
];

const MAILBOX = [
  Mailbox,
  { provide: MailTransport, useClass: MailboxMailTransport },
  { provide: SmsTransport, useClass: MailboxSmsTransport },
];

/** Messages on their way out. The mailbox exists in the embedded mode only. */
@Global()
@Module({})
export class DeliveryModule {
  static forRoot(environment: Environment): DynamicModule {
    return {
      module: DeliveryModule,
      controllers: environment.embedded ? [MailboxController, MailboxPages] : [],
      providers: [
        AttemptSettlement,
        Delivery,
        DeliveryMetrics,
        Dispatch,
        HttpSmsGateway,
        MailReadiness,
        MessageHousekeeping,
        MessageLedger,
        MessageQueue,
        MessageRepository,
        MessageWorker,
        MessageWriter,
        SmsBudget,
        SmtpTransport,
        { provide: Outbox, useClass: MessageOutbox },
        ...(environment.embedded ? MAILBOX : RELAYS),
      ],
      exports: [MailReadiness, MessageLedger, Outbox],
    };
  }
}
