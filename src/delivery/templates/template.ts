import type { Language } from '../../core/web/language/languages.js';
import type { MessagePurpose } from '../outbox.js';

/**
 * Variables of templates, written `%NAME%` (manager-json-rpc section 9; the last seven are ours).
 *
 * `EXPIRES` and `TIME` are given as ISO 8601 instants and shown in the time zone of the setting `time_zone`.
 */
export const VARIABLES = [
  'USERNAME',
  'DOMAIN',
  'FULLNAME',
  'LINK',
  'EXPIRES',
  'HOURS',
  'COMMENTS',
  'ADMIN',
  'ITEM',
  'ORGANISATION',
  'TIME',
  'ADDRESS',
  'PASSCODE',
  'PIN',
  'APPLICATION',
  'PAGE',
] as const;
export type Variable = (typeof VARIABLES)[number];

/** Variables that a message is about, and for which it is worth nothing without. */
export const ESSENTIAL_VARIABLES = ['LINK', 'PASSCODE', 'PIN'] as const satisfies readonly Variable[];
export type EssentialVariable = (typeof ESSENTIAL_VARIABLES)[number];

/** Variables that hold an instant. */
export const INSTANTS: readonly Variable[] = ['EXPIRES', 'TIME'];

/**
 * Subject and text of a mail.
 *
 * One line of the text is one paragraph's line; an empty line begins a new paragraph. A line that names a variable
 * without a value is left out, so that no sentence has a hole; the line of an essential variable always stays. A
 * paragraph that is only `%LINK%` becomes the button of the HTML mail, one that is only a code is set large.
 */
export interface MailText {
  readonly subject: string;
  readonly text: string;
}

/** One purpose in one language, as shipped. */
export interface MessageTemplate {
  readonly mail: MailText & {
    /** Label of the button; for purposes with a link. */
    readonly button?: string;
  };
  /** Lines follow the same rule as in a mail. */
  readonly sms: string;
}

/** What a purpose's templates may say, and how they are shipped. */
export interface PurposeTemplates {
  /** What the message is about, which its templates must then hold; absent in notices. */
  readonly essential?: EssentialVariable;
  readonly variables: readonly Variable[];
  /** Seconds after which it is tried again, each in turn, and then no more; as the settings say when absent. */
  readonly retries?: readonly number[];
  readonly languages: Readonly<Record<Language, MessageTemplate>>;
}

export type TemplateCatalogue = Readonly<Record<MessagePurpose, PurposeTemplates>>;

/** The variables that `text` names, known or not. */
export function variablesIn(text: string): string[] {
  return [...text.matchAll(VARIABLE)].map((match) => match[1] ?? '');
}

/** Puts values in place of variables, in one pass: what a value holds is never expanded again. */
export function substitute(text: string, value: (variable: string) => string): string {
  return text.replace(VARIABLE, (_, variable: string) => value(variable));
}

const VARIABLE = /%([A-Z]+)%/g;
