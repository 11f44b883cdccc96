import type { RefusalCategory } from '../message-states.js';

/** A finished mail; texts are rendered, addresses come from the directory. */
export interface OutgoingMail {
  /** Our id of the message. The same for every attempt, so that receivers recognise a mail delivered twice. */
  readonly id: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** BCP 47 tag of the text. */
  readonly language: string;
  /** Address of the declared mail account that writes it; the system account when absent. */
  readonly from?: string | undefined;
  readonly attachments?: readonly MailAttachment[];
}

/** A file in a mail; its name is one line without path. */
export interface MailAttachment {
  readonly name: string;
  readonly data: Buffer;
}

/** A finished SMS. */
export interface OutgoingSms {
  /** Our id of the message, the same for every attempt. */
  readonly id: string;
  /** E.164 number with its plus sign. */
  readonly to: string;
  readonly text: string;
  /** Sender that the gateway is asked to show; its own choice when absent. */
  readonly from?: string | undefined;
}

/** What the next hop said when it took the message over. */
export interface Receipt {
  /** Name of the mail account or SMS gateway that was used. */
  readonly sender: string;
  readonly providerId: string | undefined;
}

/**
 * The next hop for mail.
 *
 * `send` resolves when the next hop has taken the message over and throws {@link DeliveryRefusal} when it has not.
 */
export abstract class MailTransport {
  abstract send(mail: OutgoingMail): Promise<Receipt>;
}

/** The next hop for SMS; behaves as {@link MailTransport}. */
export abstract class SmsTransport {
  abstract send(sms: OutgoingSms): Promise<Receipt>;
}

/** Why a message was not taken over, and whether it makes sense to try again. */
export class DeliveryRefusal extends Error {
  override readonly name = 'DeliveryRefusal';
  /** Name of the mail account or SMS gateway that was used, when it came that far. */
  readonly sender: string | undefined;

  /**
   * @param permanent whether the same message would be refused again
   * @param reason plain words for operators; never message text, an address or a secret
   */
  constructor(
    readonly category: RefusalCategory,
    readonly permanent: boolean,
    readonly reason: string,
    options: { sender?: string; cause?: unknown } = {},
  ) {
    super(reason, { cause: options.cause });
    this.sender = options.sender;
  }

  static forGood(category: RefusalCategory, reason: string, options: { sender?: string; cause?: unknown } = {}) {
    return new DeliveryRefusal(category, true, reason, options);
  }

  static forNow(category: RefusalCategory, reason: string, options: { sender?: string; cause?: unknown } = {}) {
    return new DeliveryRefusal(category, false, reason, options);
  }
}
