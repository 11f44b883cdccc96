import { objectSetting, wordSetting } from '../../core/settings/setting-types.js';
import { DEFAULT_LANGUAGE, type Language, LANGUAGES } from '../../core/web/language/languages.js';
import type { MessagePurpose } from '../outbox.js';
import { CATALOGUE, isPurpose } from './catalogue.js';
import { ESSENTIAL_VARIABLES, type EssentialVariable, type MailText, variablesIn } from './template.js';

/** Texts by purpose and language tag, where they differ from the shipped ones. */
export type Overrides<T> = Readonly<Partial<Record<MessagePurpose, Readonly<Record<string, T>>>>>;

const LONGEST_TEMPLATE = 20_000;
const LANGUAGE_TAG = /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/;

const RULES =
  'The text of a purpose that is about a link, a passcode or a PIN must hold `%LINK%`, `%PASSCODE%` or `%PIN%`, and only ' +
  'the variables of the purpose may be used ' +
  `(${Object.entries(CATALOGUE)
    .map(([purpose, { variables }]) => `\`${purpose}\`: ${variables.map((name) => `%${name}%`).join(' ')}`)
    .join('; ')}). A line that names a variable without a value is left out.`;

export const mailTemplates = objectSetting<Overrides<MailText>>({
  name: 'mail_templates',
  scope: 'domain',
  default: {},
  values:
    'an object: purpose -> language -> { subject, text }, texts with %LINK%, %PASSCODE% or %PIN% where the purpose is about one',
  meaning: `Texts of mails that differ from the shipped ones. ${RULES} A paragraph that is only \`%LINK%\` becomes the button.`,
  parse: (value) =>
    parseOverrides(value, (purpose, template) => {
      if (!isObject(template)) return undefined;
      const { subject, text, ...rest } = template;
      if (Object.keys(rest).length > 0 || typeof subject !== 'string' || typeof text !== 'string') return undefined;
      const usable = isUsable(purpose, text, CATALOGUE[purpose].essential) && isUsable(purpose, subject);
      return usable && !/[\r\n]/.test(subject) && !variablesIn(subject).some(isEssential)
        ? { subject, text }
        : undefined;
    }),
});

export const smsTemplates = objectSetting<Overrides<string>>({
  name: 'sms_templates',
  scope: 'domain',
  default: {},
  values: 'an object: purpose -> language -> text, with %LINK%, %PASSCODE% or %PIN% where the purpose is about one',
  meaning: `Texts of SMS that differ from the shipped ones. ${RULES}`,
  parse: (value) =>
    parseOverrides(value, (purpose, text) =>
      typeof text === 'string' && isUsable(purpose, text, CATALOGUE[purpose].essential) ? text : undefined,
    ),
});

export const defaultLanguage = wordSetting<Language>({
  name: 'default_language',
  scope: 'domain',
  words: LANGUAGES,
  default: DEFAULT_LANGUAGE,
  meaning: 'Language for people whose own language is unknown, or has no texts.',
});

function parseOverrides<T>(
  value: unknown,
  parse: (purpose: MessagePurpose, template: unknown) => T | undefined,
): Overrides<T> | undefined {
  if (!isObject(value)) return undefined;
  const result: Partial<Record<MessagePurpose, Record<string, T>>> = {};
  for (const [purpose, languages] of Object.entries(value)) {
    if (!isPurpose(purpose) || !isObject(languages)) return undefined;
    const templates: Record<string, T> = {};
    for (const [language, template] of Object.entries(languages)) {
      const parsed = LANGUAGE_TAG.test(language) ? parse(purpose, template) : undefined;
      if (parsed === undefined) return undefined;
      templates[language] = parsed;
    }
    result[purpose] = templates;
  }
  return result;
}

function isUsable(purpose: MessagePurpose, text: string, essential?: EssentialVariable): boolean {
  const known: readonly string[] = CATALOGUE[purpose].variables;
  const used = variablesIn(text);
  return (
    text.trim() !== '' &&
    text.length <= LONGEST_TEMPLATE &&
    used.every((variable) => known.includes(variable)) &&
    (essential === undefined || used.includes(essential))
  );
}

function isEssential(variable: string): boolean {
  return ESSENTIAL_VARIABLES.some((essential) => essential === variable);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
