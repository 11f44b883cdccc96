import { booleanOption, category, integerOption, wordOption } from '../policy-option.js';
import { WIRE_CHANNELS } from '../channel-names.js';

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
