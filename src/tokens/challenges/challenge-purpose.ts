/** What challenges are for. A challenge of one purpose is never an answer to another (attack class 10). */
export const CHALLENGE_PURPOSES = [
  'fido-registration',
  'fido-assertion',
  'grid',
  'gridgo',
  'ocra',
  'passcode',
  'otp-list',
  'questions',
  'push-registration',
  'push',
] as const;
export type ChallengePurpose = (typeof CHALLENGE_PURPOSES)[number];

/**
 * Of what only one challenge of a purpose is open at a time; a newer one takes the place of the older.
 *
 * - `account`: the person has one, e.g. a push;
 * - `token`: every token has one (authentication methods, section 4.17);
 * - `holder`: every holder has one for this person, so that a stranger who starts a ceremony ends nobody else's.
 */
export type ChallengeScope = 'account' | 'token' | 'holder';
