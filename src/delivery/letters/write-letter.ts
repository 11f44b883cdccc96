import { DEFAULT_LANGUAGE } from '../../core/web/language/languages.js';
import { escapeHtml } from '../templates/escape-html.js';
import { cleaned } from '../templates/values.js';
import type { OutgoingMail, OutgoingSms } from '../transport/transport.js';
import type { LetterText } from './letter.js';

const LONGEST_SUBJECT = 200;
const LONGEST_NAME = 100;

type Addressed = Pick<OutgoingMail, 'id' | 'to'>;

/**
 * The mail of a letter. What goes into headers, subject and names of files, is one line that cannot pass for an encoded
 * word; the text is told as it is, with a plain HTML version in which nothing is markup (attack class 62).
 */
export function letterMail({ id, to }: Addressed, letter: LetterText): OutgoingMail {
  const text = `${plainText(letter.text)}\n`;
  const paragraphs = text
    .trim()
    .split(/\n\s*\n/)
    .map((paragraph) => `<p>${escapeHtml(paragraph).replaceAll('\n', '<br>')}</p>`);
  return {
    id,
    to,
    subject: oneLine(letter.subject, LONGEST_SUBJECT),
    text,
    html: `<!doctype html>\n<html><head><meta charset="utf-8"></head><body>\n${paragraphs.join('\n')}\n</body></html>\n`,
    language: DEFAULT_LANGUAGE,
    from: letter.from,
    attachments: letter.attachments.map(({ name, data }) => ({
      name: oneLine(name.replace(/[/\\:]/g, '_'), LONGEST_NAME) || 'attachment',
      data: Buffer.from(data, 'base64'),
    })),
  };
}

/** The SMS of a letter. */
export function letterSms({ id, to }: Addressed, { text, from }: LetterText): OutgoingSms {
  return { id, to, text: plainText(text).trim(), from };
}

/** Line breaks and tabs stay, other control characters go. */
function plainText(text: string): string {
  return text
    .toWellFormed()
    .replace(/\r\n?/g, '\n')
    .replace(/(?![\n\t])\p{Cc}/gu, '');
}

function oneLine(text: string, longest: number): string {
  return cleaned(text).slice(0, longest).toWellFormed();
}
