/** In place of the name of templates: the message is a letter. */
export const LETTER = 'letter';

/** A file that goes with a letter. */
export interface Attachment {
  readonly name: string;
  /** Base64. */
  readonly data: string;
}

/**
 * What a letter says: a mail or SMS in the words of an administrator (manager-json-rpc section 12, `Send_Mail` and
 * `Send_SMS`), as opposed to those that this server writes itself from templates.
 */
export interface LetterText {
  /** Of a mail. */
  readonly subject: string;
  readonly text: string;
  /** Address of a declared mail account, or the sender that an SMS gateway is asked to show. */
  readonly from: string | undefined;
  readonly attachments: readonly Attachment[];
}
