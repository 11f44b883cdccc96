import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { NodemailerError, SendMailOptions, Transporter } from 'nodemailer';
import { Configuration } from '../../core/domains/configuration.js';
import { DeliveryRefusal, MailTransport, type OutgoingMail, type Receipt } from '../transport/transport.js';
import { accountWithAddress, type MailAccount, type MailRelay, systemAccount } from './mail-account.js';
import { connectRelay } from './relay-connection.js';
import { smtpRefusal } from './smtp-refusal.js';

/** One address and nothing else: no second recipient, no comment, no route, no control character (attack class 62). */
const ONE_ADDRESS = /^[^\s@<>()[\],;:\\"\p{Cc}]{1,64}@[^\s@<>()[\],;:\\"\p{Cc}]{1,255}$/u;

/** Sends mail through the declared system account's relay. */
@Injectable()
export class SmtpTransport extends MailTransport implements OnApplicationShutdown {
  private relay: { key: string; transporter: Transporter } | undefined;

  constructor(private readonly configuration: Configuration) {
    super();
  }

  async send(mail: OutgoingMail): Promise<Receipt> {
    const snapshot = await this.configuration.snapshot();
    const account = mail.from === undefined ? systemAccount(snapshot) : accountWithAddress(snapshot, mail.from);
    if (!account) throw DeliveryRefusal.forGood('not-configured', 'no mail account with a relay is declared');
    if (!ONE_ADDRESS.test(mail.to)) {
      throw DeliveryRefusal.forGood('invalid-address', 'the mail address in the directory is not one address');
    }
    const transporter = this.transporterFor(account);
    try {
      const { messageId } = (await transporter.sendMail(composed(mail, account))) as { messageId: string };
      return { sender: account.name, providerId: messageId };
    } catch (error) {
      throw smtpRefusal(error as NodemailerError, account.name);
    }
  }

  onApplicationShutdown(): void {
    this.relay?.transporter.close();
  }

  private transporterFor({ name, relay }: MailAccount): Transporter {
    const key = `${relay.name}\0${relay.version}`;
    if (this.relay?.key === key) return this.relay.transporter;
    const transporter = connect(relay, name);
    this.relay?.transporter.close();
    this.relay = { key, transporter };
    return transporter;
  }
}

function connect(relay: MailRelay, sender: string): Transporter {
  try {
    return connectRelay(relay);
  } catch (error) {
    throw DeliveryRefusal.forNow('tls', 'the CA file of the mail profile cannot be read', { sender, cause: error });
  }
}

function composed(mail: OutgoingMail, account: MailAccount): SendMailOptions {
  return {
    from: { name: account.fromDisplayName, address: account.address },
    to: { name: '', address: mail.to },
    ...(account.replyTo ? { replyTo: { name: '', address: account.replyTo } } : {}),
    envelope: { from: account.address, to: [mail.to] },
    messageId: `<${mail.id}@${account.address.slice(account.address.lastIndexOf('@') + 1)}>`,
    subject: mail.subject,
    text: mail.text,
    html: mail.html,
    ...(mail.attachments && {
      attachments: mail.attachments.map(({ name, data }) => ({
        filename: name,
        content: data,
        contentType: 'application/octet-stream',
      })),
    }),
    headers: {
      // RFC 3834 and its elder brother: nobody's holiday note should answer.
      'Auto-Submitted': 'auto-generated',
      'X-Auto-Response-Suppress': 'All',
      'Content-Language': mail.language,
    },
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}
