import {
  booleanSetting,
  integerSetting,
  objectSetting,
  textsSetting,
  wordSetting,
} from '../../core/settings/setting-types.js';

/** Members that a registration template may not set (iam-rest section 3.2). */
const NOT_IN_TEMPLATE = ['id', 'login', 'pwd'];
const LONGEST_TEMPLATE = 16_384;

/** What registered users start with, in the words of the user entity. */
export type RegistrationTemplate = Readonly<Record<string, unknown>>;

export const selfRegisterMode = wordSetting<'off' | 'list' | 'poll'>({
  name: 'self_register_mode',
  scope: 'server',
  words: ['off', 'list', 'poll'],
  default: 'off',
  meaning:
    'Who accepts self-registration: `off` nobody; `list` the domains of `self_register_domains` that allow it; `poll` every domain that allows it. IAM REST, section 7.',
});

export const selfRegisterDomains = textsSetting({
  name: 'self_register_domains',
  scope: 'server',
  default: [],
  meaning: 'Domains that may accept self-registration in mode `list`. IAM REST, section 7.',
});

export const selfRegisterAllowed = booleanSetting({
  name: 'self_register_allowed',
  scope: 'domain',
  default: false,
  meaning: 'Whether people may register in this domain by themselves. IAM REST, section 7.',
});

export const selfRegisterTemplate = objectSetting<RegistrationTemplate>({
  name: 'self_register_template',
  scope: 'domain',
  default: {},
  values: `an object without ${NOT_IN_TEMPLATE.join(', ')}, of at most ${LONGEST_TEMPLATE} characters as JSON`,
  meaning:
    'Members that a registered user starts with, e.g. roles; what the person sends wins. IAM REST, sections 3.2 and 7.',
  parse: parseTemplate,
});

export const selfRegisterEmailUnique = booleanSetting({
  name: 'self_register_email_unique',
  scope: 'domain',
  default: true,
  meaning: 'Whether a mail address may belong to one person of the domain only. IAM REST, section 7.',
});

export const selfRegisterTtl = integerSetting({
  name: 'self_register_ttl',
  scope: 'server',
  min: 60,
  max: 2_592_000,
  default: 86_400,
  meaning: 'Seconds for which the link of a self-registration works. IAM REST, sections 3.1 and 7.',
});

export const selfRegisterRate = integerSetting({
  name: 'self_register_rate_sec',
  scope: 'server',
  min: 0,
  max: 86_400,
  default: 120,
  meaning:
    'Seconds that must lie between two calls of one address that ask for self-registration; 0 = none. IAM REST, section 3.1, *Rate*.',
});

function parseTemplate(value: unknown): RegistrationTemplate | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const fits =
    NOT_IN_TEMPLATE.every((member) => !Object.hasOwn(value, member)) &&
    JSON.stringify(value).length <= LONGEST_TEMPLATE;
  return fits ? { ...value } : undefined;
}
