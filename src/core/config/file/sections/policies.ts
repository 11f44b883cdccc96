import { boolean, integer, matching, name, text } from '../scalar-shapes.js';
import {
  checked,
  list,
  object,
  optional,
  optionalWith,
  record,
  required,
  type ShapeType,
  unknownKey,
} from '../shape.js';

/** Options of each category (authentication methods, section 6.8). */
const OPTIONS: Readonly<Record<string, readonly string[]>> = {
  logon: ['mfa', 'ipFilter', 'ipFilterMode', 'pendingTimeout'],
  lockout: ['maxFailures', 'lockMinutes', 'unlockExternal'],
  password: ['minLength', 'history', 'maxAgeDays', 'minAgeDays', 'blocklist'],
  activationCode: ['length', 'lifetimeHours', 'charset', 'channel', 'maxAttempts'],
  challengeCode: ['length', 'lifetimeSeconds', 'allowClientChallenge'],
  'T-Pass': [
    'length',
    'lifetimeSeconds',
    'allowedChannels',
    'resendSeconds',
    'requirePassword',
    'preDelivery',
    'preDeliveryLifetime',
  ],
  OOBA: ['enabled', 'requestTimeoutSeconds', 'localAuth'],
  GridGo: ['passcodeLength', 'passcodeHistory', 'wrap', 'keypad', 'defaultPath'],
  'self-service': ['requestActivationCode', 'requestEmergencyCode', 'syncToken', 'changePassword', 'changePin'],
};

/** Options of a category named after a token product, e.g. `MobileID/Time-Based`. */
const PRODUCT_OPTIONS = [
  'maxTokens',
  'lifetimeDays',
  'passcodeHistory',
  'offline',
  'activation',
  'downloadAuthorisation',
  'downloadAuthentication',
  'inAppDownload',
  'linkMinutes',
  'linkMinutesAfterVisit',
  'autoSyncWindow',
  'checkSyncWindow',
  'manualSyncWindow',
  'pinMode',
  'cellReuse',
  'cells',
];

const CATEGORIES = Object.keys(OPTIONS);

const category = matching(
  new RegExp(`^(${CATEGORIES.join('|')}|[A-Za-z0-9 ._-]{1,64}/[A-Za-z0-9 ._-]{1,64})$`),
  `one of ${CATEGORIES.join(', ')}, or a token product such as MobileID/Time-Based`,
);

const option = { test: (key: string) => /^[A-Za-z][A-Za-z0-9]{0,63}$/.test(key), values: 'option names' };

const policy = checked(
  object({
    name: required(name(), 'Name of the policy.'),
    description: optional(text(), 'Shown to operators.'),
    category: required(category, 'What the options are about.'),
    holder: optional(
      object({ domain: required(name(), 'Domain whose people the policy is for.') }),
      'Whom the policy is for; the whole server when absent.',
    ),
    applications: optionalWith(list(name()), [], 'Applications that the policy is bound to; empty means all.'),
    enabled: optionalWith(boolean(), true, 'A disabled policy is not looked at.'),
    priority: optionalWith(integer(-1_000, 1_000), 0, 'Among equally near policies the higher one wins.'),
    options: required(
      record(option, text({ values: 'text, in quotes' })),
      'Options of the category; values are texts, as on the wire.',
    ),
  }),
  ({ category, options }, report) => {
    const known = OPTIONS[category] ?? PRODUCT_OPTIONS;
    for (const key of Object.keys(options)) {
      if (!known.includes(key)) report(['options', key], unknownKey(key, known));
    }
  },
);

export const policies = list(policy);

export type PolicyDeclaration = ShapeType<typeof policy>;
