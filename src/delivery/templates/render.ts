import type { Language } from '../../core/web/language/languages.js';
import { htmlMail } from './html-layout.js';
import { filled, isButton, paragraphsOf } from './paragraphs.js';
import type { MailText } from './template.js';
import type { Values } from './values.js';

/** Characters of a caller's comments that an SMS has room for (manager-json-rpc section 9). */
export const SMS_COMMENT_LENGTH = 60;
/** Characters of a caller's comments in a mail (manager-json-rpc section 5). */
export const MAIL_COMMENT_LENGTH = 1_000;

const LONGEST_SUBJECT = 200;

export interface RenderedMail {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** Writes a mail. Pure: the same input gives the same bytes. */
export function renderMail(
  template: MailText & { readonly button?: string | undefined },
  language: Language,
  values: Values,
): RenderedMail {
  const subject = oneLine(filled(template.subject, values)).slice(0, LONGEST_SUBJECT).toWellFormed();
  const paragraphs = paragraphsOf(language === 'fr' ? frenchSpaces(template.text) : template.text, values);
  const text = paragraphs
    .map((paragraph) => (isButton(paragraph) ? values.LINK : paragraph.map((line) => filled(line, values)).join('\n')))
    .join('\n\n');
  return {
    subject,
    text: `${text}\n`,
    html: htmlMail({ language, subject, paragraphs, values, button: template.button }),
  };
}

/** Writes an SMS. Pure: the same input gives the same characters. */
export function renderSms(template: string, values: Values): string {
  return paragraphsOf(template, values)
    .map((paragraph) => paragraph.map((line) => filled(line, values)).join('\n'))
    .join('\n');
}

function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim();
}

/** French puts a space before some marks, at which no line may break. Not in SMS: it would double their price. */
function frenchSpaces(text: string): string {
  return text.replace(/ (?=[:;!?»])|(?<=«) /g, '\u00a0');
}
