import { foldName } from '../domains/fold-name.js';
import {
  booleanOption,
  category,
  integerOption,
  ipFilterOption,
  listOption,
  type PolicyOption,
  secretOption,
  unsupported,
  wordOption,
  wordsOption,
} from './policy-option.js';

/** Channels of messages, as the wire spells them (authentication methods, section 6.7). */
export const WIRE_CHANNELS = ['SMS', 'SMTP', 'TWITTER', 'TELEPHONE'] as const;
export type WireChannel = (typeof WIRE_CHANNELS)[number];

export const LOGON = category({
  mfa: wordOption(['NOT_REQUIRED', 'REQUIRED_WITH_TOKEN', 'REQUIRED'], {
    fallback: 'REQUIRED',
    meaning: 'Whether the steps behind the first are asked of nobody, of people who have a token, or of everybody.',
  }),
  ipFilter: ipFilterOption({ fallback: '', meaning: 'Addresses that `ipFilterMode` speaks of; empty = no filter.' }),
  ipFilterMode: wordOption(['ALLOW', 'DENY', 'MFA_EXEMPT'], {
    fallback: 'ALLOW',
    meaning: 'Whether only these addresses get in, these do not, or these are asked for the first step only.',
  }),
  pendingTimeout: integerOption({
    min: 30,
    max: 3_600,
    fallback: '300',
    meaning: 'Seconds after which a logon that was begun ends.',
  }),
});

export const LOCKOUT = category({
  maxFailures: integerOption({
    min: 0,
    max: 100,
    fallback: '5',
    meaning:
      'Wrong attempts in a row after which an authenticator is locked; 0 = as late as may be, at 100 (NIST SP 800-63B, section 5.2.2).',
  }),
  lockMinutes: integerOption({
    min: 0,
    max: 10_080,
    fallback: '30',
    meaning: 'Minutes for which it stays locked; 0 = until an administrator unlocks it.',
  }),
  growingDelay: booleanOption({
    fallback: 'true',
    meaning:
      'Whether the next attempt at an authenticator has to wait 0, 0, 1, 2, 4 … 30 seconds after wrong ones in a row.',
  }),
  unlockExternal: booleanOption({
    fallback: 'false',
    meaning: 'Whether unlocking somebody unlocks them in the directory as well.',
  }),
});

/** Over the domain's `pwd_policy`: the stricter of each holds. */
export const PASSWORD = category({
  minLength: integerOption({ min: 8, max: 128, fallback: '8', meaning: 'Characters of a password at least.' }),
  history: integerOption({
    min: 0,
    max: 50,
    fallback: '0',
    meaning: 'Earlier passwords that are refused; in the built-in directory, others keep their own history.',
  }),
  maxAgeDays: integerOption({
    min: 0,
    max: 3_650,
    fallback: '0',
    meaning: 'Days after which a password does for a logon only once it was changed; 0 = never.',
  }),
  minAgeDays: integerOption({
    min: 0,
    max: 365,
    fallback: '0',
    meaning: 'Days before which people may not change it again by themselves, as long as they need not.',
  }),
  blocklist: listOption({ fallback: '', meaning: 'Further words that must not be the password.' }),
});

export const ACTIVATION_CODE = category({
  length: integerOption({ min: 4, max: 12, fallback: '6', meaning: 'Characters of an activation code.' }),
  lifetimeHours: integerOption({
    min: 0,
    max: 8_760,
    fallback: '24',
    meaning: 'Hours for which it works; 0 = without an end.',
  }),
  charset: wordOption(['NUMERIC', 'ALPHABETIC', 'BOTH'], { fallback: 'NUMERIC', meaning: 'What it is made of.' }),
  channel: wordOption(WIRE_CHANNELS, { fallback: 'SMTP', meaning: 'How it is sent.' }),
  maxAttempts: integerOption({ min: 1, max: 20, fallback: '5', meaning: 'Attempts after which it is dead.' }),
});

export const CHALLENGE_CODE = category({
  length: integerOption({
    min: 4,
    max: 10,
    fallback: '8',
    meaning: 'Digits of a numeric challenge, as far as the suite of the token has room for them.',
  }),
  lifetimeSeconds: integerOption({
    min: 10,
    max: 3_600,
    fallback: '300',
    meaning: 'Seconds for which a numeric challenge may be answered.',
  }),
  allowClientChallenge: booleanOption({
    fallback: 'false',
    meaning: 'Whether responses to challenges are taken that the agent made up, e.g. from the details of a payment.',
  }),
});

export const T_PASS = category({
  length: integerOption({ min: 6, max: 10, fallback: '6', meaning: 'Digits of a passcode.' }),
  lifetimeSeconds: integerOption({
    min: 60,
    max: 600,
    fallback: '300',
    meaning: 'Seconds for which it works; ten minutes at most (NIST SP 800-63B, section 5.1.3.2).',
  }),
  allowedChannels: wordsOption(WIRE_CHANNELS, {
    fallback: 'SMS, SMTP',
    meaning: 'Channels by which it may be sent, the preferred one first.',
  }),
  resendSeconds: integerOption({
    min: 30,
    max: 600,
    fallback: '30',
    meaning: 'Seconds after which another one may be sent.',
  }),
  requirePassword: booleanOption({
    fallback: 'false',
    meaning: 'Whether the static password is asked for before one is sent.',
  }),
  preDelivery: booleanOption({
    fallback: 'false',
    meaning:
      'Whether the next one is sent ahead after a whole logon with one; it does not meet the bound of ten minutes (NIST SP 800-63B, section 5.1.3.2).',
  }),
  preDeliveryLifetime: integerOption({
    min: 1,
    max: 168,
    fallback: '24',
    meaning: 'Hours for which one that was sent ahead works.',
  }),
});

export const OOBA = category({
  enabled: booleanOption({ fallback: 'true', meaning: 'Whether people may approve a logon on their device.' }),
  requestTimeoutSeconds: integerOption({
    min: 10,
    max: 300,
    fallback: '60',
    meaning: 'Seconds for which a logon waits for the answer.',
  }),
  localAuth: wordOption(['NONE', 'PIN'], {
    fallback: 'NONE',
    meaning: 'Whether an approval needs the PIN code of the person besides the device.',
  }),
});

export const GRID_GO = category({
  passcodeLength: integerOption({
    min: 5,
    max: 32,
    fallback: '6',
    meaning: 'Symbols of a passcode at least, one more than the path has moves; for paths that are chosen from now on.',
  }),
  passcodeHistory: integerOption({
    min: 0,
    max: 50,
    fallback: '10',
    meaning: 'Passcodes accepted last that are refused, even where a new grid happens to give the same.',
  }),
  wrap: booleanOption({
    fallback: 'false',
    meaning: 'Whether a path that leaves the grid comes in at the other side.',
  }),
  keypad: unsupported(
    booleanOption({ fallback: 'false', meaning: 'Whether the page shows keys to click instead of a field.' }),
  ),
  defaultPath: unsupported(
    secretOption({
      values: 'moves of a path, e.g. 1364',
      pattern: /^[0-9ABDELNRSUW]{0,32}$/i,
      fallback: '',
      meaning: 'Path that people start with; the first use asks for another one. Sealed, and never shown.',
    }),
  ),
});

export const SELF_SERVICE = category({
  requestActivationCode: booleanOption({
    fallback: 'true',
    meaning: 'Whether people may ask for an activation code (`sendActivationCode`).',
  }),
  requestEmergencyCode: booleanOption({
    fallback: 'false',
    meaning:
      'Whether people may have an emergency code sent to their mail address (`/account`); whoever reads that mail has their second factor.',
  }),
  syncToken: booleanOption({
    fallback: 'true',
    meaning: 'Whether people may bring their tokens back into step (`syncToken`).',
  }),
  changePassword: booleanOption({
    fallback: 'true',
    meaning: 'Whether people may change their password (`changePassword`).',
  }),
  changePin: booleanOption({
    fallback: 'true',
    meaning: 'Whether people may set and change their PIN code without an administrator (`/account`).',
  }),
});

/** Of a category named after a product of tokens, e.g. `MobileID/Time-Based`. */
export const TOKEN_PRODUCT = category({
  maxTokens: integerOption({
    min: 0,
    max: 1_000,
    fallback: '0',
    meaning: 'Tokens of the product that a person may have; 0 = as many as there are slots for.',
  }),
  lifetimeDays: integerOption({
    min: 0,
    max: 36_500,
    fallback: '0',
    meaning: 'Days for which a token works once it is in a slot; 0 = without an end.',
  }),
  passcodeHistory: integerOption({
    min: 0,
    max: 50,
    fallback: '10',
    meaning: 'Passcodes accepted last that are refused.',
  }),
  offline: unsupported(
    booleanOption({ fallback: 'false', meaning: 'Whether a token may be used where no server can be reached.' }),
  ),
  activation: wordOption(['AUTO', 'SEND_CODE', 'NONE'], {
    fallback: 'AUTO',
    meaning:
      'Whether an assigned token is active at once, when the code that is sent is given back, or when one is sent later.',
  }),
  downloadAuthorisation: wordOption(['NONE', 'CODE_SENT', 'CODE'], {
    fallback: 'CODE_SENT',
    meaning: 'Whether a download needs no code, one that the server sends, or one that comes another way.',
  }),
  downloadAuthentication: booleanOption({
    fallback: 'false',
    meaning: 'Whether a download needs the static password.',
  }),
  inAppDownload: wordOption(['DISABLED', 'LOCAL', 'ANYWHERE'], {
    fallback: 'DISABLED',
    meaning: 'From where an app may download a token.',
  }),
  linkMinutes: unsupported(
    integerOption({
      min: 0,
      max: 10_080,
      fallback: '60',
      meaning: 'Minutes of a download link; 0 = no end.',
    }),
  ),
  linkMinutesAfterVisit: unsupported(
    integerOption({
      min: 0,
      max: 10_080,
      fallback: '10',
      meaning: 'Minutes of a download link after its first visit; 0 = no end.',
    }),
  ),
  autoSyncWindow: integerOption({
    min: 0,
    max: 50,
    fallback: '2',
    meaning: 'Steps by which a token may be off and its code is taken.',
  }),
  checkSyncWindow: integerOption({
    min: 0,
    max: 200,
    fallback: '30',
    meaning: 'Steps by which a token may be off and a second code in sequence brings it back.',
  }),
  manualSyncWindow: integerOption({
    min: 0,
    max: 2_880,
    fallback: '120',
    meaning: 'Steps by which a token may be off and can be synchronised.',
  }),
  pinMode: wordOption(['NONE', 'SEPARATE', 'PREFIX'], {
    fallback: 'NONE',
    meaning:
      'Whether a PIN goes with a passcode: not at all, beside it (`credential.pin`, and in front of it only where there is no field for it, as on pages), or in either way.',
  }),
  cellReuse: wordOption(['ONCE', 'NOREPEAT'], {
    fallback: 'NOREPEAT',
    meaning: 'Whether each cell of a grid card is asked for once, or no challenge twice.',
  }),
  cells: integerOption({ min: 4, max: 10, fallback: '4', meaning: 'Cells that a challenge of a grid card asks for.' }),
});

/** Options by their names, whatever their values. */
export type OptionsByName = Readonly<Record<string, PolicyOption<unknown>>>;

/** Of options, those that this version does something by. */
export function supportedOf(options: OptionsByName): PolicyOption<unknown>[] {
  return Object.values(options).filter(({ supported }) => supported);
}

/** The categories that are no product of tokens (authentication methods, section 6.8), in their usual spelling. */
export const CATEGORIES = {
  logon: LOGON,
  lockout: LOCKOUT,
  password: PASSWORD,
  activationCode: ACTIVATION_CODE,
  challengeCode: CHALLENGE_CODE,
  'T-Pass': T_PASS,
  OOBA,
  GridGo: GRID_GO,
  'self-service': SELF_SERVICE,
} as const satisfies Readonly<Record<string, OptionsByName>>;

/** A category named after a product of tokens. */
const PRODUCT = /^[A-Za-z0-9 ._-]{1,64}\/[A-Za-z0-9 ._-]{1,64}$/;

/** Whether a category is named as products of tokens are. */
export function isProductCategory(name: string): boolean {
  return PRODUCT.test(name);
}

/** The options of a category in whatever case; undefined when there is no such category. */
export function optionsOf(name: string): OptionsByName | undefined {
  const folded = foldName(name);
  const [, options] = Object.entries(CATEGORIES).find(([known]) => foldName(known) === folded) ?? [];
  return options ?? (isProductCategory(name) ? TOKEN_PRODUCT : undefined);
}
