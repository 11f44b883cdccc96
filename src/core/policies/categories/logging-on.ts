import { booleanOption, category, integerOption, ipFilterOption, listOption, wordOption } from '../policy-option.js';

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
