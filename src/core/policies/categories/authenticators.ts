import {
  booleanOption,
  category,
  integerOption,
  secretOption,
  unsupported,
  wordOption,
  wordsOption,
} from '../policy-option.js';
import { WIRE_CHANNELS } from '../channel-names.js';

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
