import type { Tx } from '../core/database/database.js';
import type { LetterText } from './letters/letter.js';

export type Channel = 'MAIL' | 'SMS';

/** What a message is about: the name of its templates, one for each channel and language. */
export type MessagePurpose =
  | 'password-reset-link'
  | 'password-changed'
  | 'token-enrolment-link'
  | 'authenticator-added'
  | 'authenticator-removed'
  | 'one-time-passcode'
  | 'next-passcode'
  | 'emergency-code'
  | 'activation-code'
  | 'authorisation-code'
  | 'push-denied'
  | 'registration-link'
  | 'recovery-link'
  | 'invitation-link'
  | 'account-exists'
  | 'user-password-set-link'
  | 'user-password-reset-link'
  | 'user-unlock-link'
  | 'user-login-link'
  | 'user-request-pin';

/** A message to be written in the transaction of its cause. */
export interface NewMessage {
  readonly channel: Channel;
  readonly purpose: MessagePurpose;
  /** Mail address or telephone number, read from the directory a moment ago; never taken from a client. */
  readonly to: string;
  /** BCP 47 tag wished for; the nearest language that has a template is used. */
  readonly language: string | undefined;
  /** Values of the template's variables, by name without the per-cent signs, e.g. `LINK`. */
  readonly variables: Readonly<Record<string, string>>;
  readonly domainId: string;
  readonly accountId: string | null;
  readonly requestId: string | null;
}

/** A letter with its address: the only one that comes from a client. */
export interface Letter extends LetterText {
  readonly channel: Channel;
  readonly to: string;
  readonly domainId: string;
}

/** How one message stands after its first try. `queued` means that it is tried again later. */
export interface DeliveryOutcome {
  readonly messageId: string;
  readonly channel: Channel;
  readonly state: 'sent' | 'queued' | 'failed';
  /** Why it was not sent, in words for the audit; never message text. */
  readonly reason: string | undefined;
}

/**
 * Messages on their way out. They are rows in the transaction that causes them and leave after its commit, so that a
 * crash loses none and sends none too early.
 */
export abstract class Outbox {
  /** Writes the message and its delivery job in `tx`; returns the message's id. */
  abstract enqueue(tx: Tx, message: NewMessage): Promise<string>;

  /** As {@link enqueue}, for a text that somebody else wrote. */
  abstract post(tx: Tx, letter: Letter): Promise<string>;

  /**
   * Tries these messages once, right after the commit, for a caller who must answer with the outcome. Waits at most
   * the setting `delivery_first_try_seconds`; what is not done by then goes on as `queued`.
   */
  abstract deliverNow(messageIds: readonly string[]): Promise<DeliveryOutcome[]>;
}
