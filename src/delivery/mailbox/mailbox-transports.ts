import { Injectable } from '@nestjs/common';
import { Configuration } from '../../core/domains/configuration.js';
import { systemAccount } from '../mail/mail-account.js';
import { SmtpTransport } from '../mail/smtp-transport.js';
import { HttpSmsGateway } from '../sms/http-gateway.js';
import { usableGateway } from '../sms/sms-gateway.js';
import {
  MailTransport,
  type OutgoingMail,
  type OutgoingSms,
  type Receipt,
  SmsTransport,
} from '../transport/transport.js';
import { Mailbox } from './mailbox.js';

const RECEIPT: Receipt = { sender: 'mailbox', providerId: undefined };

/** Mail of the embedded mode: the declared account's relay, and the mailbox for as long as none is declared. */
@Injectable()
export class MailboxMailTransport extends MailTransport {
  constructor(
    private readonly configuration: Configuration,
    private readonly relay: SmtpTransport,
    private readonly mailbox: Mailbox,
  ) {
    super();
  }

  async send(mail: OutgoingMail): Promise<Receipt> {
    if (systemAccount(await this.configuration.snapshot())) return this.relay.send(mail);
    await this.mailbox.addMail(mail);
    return RECEIPT;
  }
}

/** SMS of the embedded mode: the declared gateway, and the mailbox for as long as none is declared. */
@Injectable()
export class MailboxSmsTransport extends SmsTransport {
  constructor(
    private readonly configuration: Configuration,
    private readonly gateway: HttpSmsGateway,
    private readonly mailbox: Mailbox,
  ) {
    super();
  }

  async send(sms: OutgoingSms): Promise<Receipt> {
    if (usableGateway(await this.configuration.snapshot())) return this.gateway.send(sms);
    await this.mailbox.addSms(sms);
    return RECEIPT;
  }
}
