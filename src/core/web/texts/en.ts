import { counting } from '../language/plural.js';
import { errorSentences } from './error-sentences.js';

const count = counting('en');

const characters = (number: number) => count(number, { one: 'character', other: 'characters' });
const kinds = 'small letters, capital letters, digits, other characters';

/** Texts that all pages share. The other languages have the same shape; a text they lack does not compile. */
export const en = {
  skipToContent: 'Skip to content',
  languages: 'Language',
  secured: 'Secured by Latchkey',
  /** On top of every page of the embedded mode. */
  demo: 'Demo – for trying out, on this machine only',

  /** In front of the title of a page that comes back with a refusal. */
  errorTitle: (title: string) => `Error: ${title}`,
  problem: 'Please check what you typed',
  notYet: 'That has not worked yet',
  tryAgain: 'Try again',
  reference: 'Reference for the help desk',

  notFound: { title: 'There is no such page', text: 'Please check the address, or go back to the page you came from.' },
  notValid: {
    title: 'We could not read your form',
    text: 'Nothing was changed. Please go back, load the page again and fill in the form once more.',
  },
  forbidden: { title: 'This page is not open to you', text: 'If you think it should be, please ask your help desk.' },
  tooMany: {
    title: 'Please wait a moment',
    text: (span: string) => `There were many requests from your network in a short time. Please try again in ${span}.`,
  },
  unavailable: {
    title: 'We will be back in a moment',
    text: 'This service cannot be reached right now. Nothing was changed. Please try again in a minute.',
  },
  directoryUnavailable: {
    title: 'Your account cannot be reached right now',
    text: 'The system that holds your account does not answer. Nothing was changed. Please try again in a minute.',
  },
  failed: {
    title: 'Something went wrong on our side',
    text: 'It is not your fault. Nothing further was done. Please try again in a minute; if it happens again, tell your help desk.',
  },

  password: {
    new: 'New password',
    again: 'New password again',
    show: 'Show',
    hide: 'Hide',
    /** Follows "Show" or "Hide" for screen readers. */
    subject: 'password',
    shown: 'Your password is visible now.',
    hidden: 'Your password is hidden.',
    empty: 'Type a new password.',
    emptyAgain: 'Type the new password a second time.',
    same: 'Both entries are the same.',
    differ: 'The two entries are not the same yet.',
    rulesHeading: 'What your new password needs',
    rulesUnknown: 'There are rules for passwords here. If yours is not accepted, this page will say so.',
    /** Announced while typing; the two numbers are put in by the page. */
    progress: 'Rules met: {met} of {total}.',
    met: 'met',
    open: 'not met yet',
    later: 'Checked when you save',
    minLength: (least: number) => `At least ${characters(least)}`,
    maxLength: (most: number) => `At most ${characters(most)}`,
    classes: (number: number) =>
      number >= 4 ? `All of these: ${kinds}` : `At least ${number} of these 4 kinds: ${kinds}`,
    classesOrLength: (number: number, length: number) =>
      number >= 4
        ? `All of these: ${kinds} – or simply ${characters(length)} or more`
        : `At least ${number} of these 4 kinds: ${kinds} – or simply ${characters(length)} or more`,
    notName: 'Without your name or your login',
    notCommon: 'Not a password that many people use',
    history: (number: number) =>
      number === 1
        ? 'Different from the password you have now'
        : `Different from your last ${count(number, { one: 'password', other: 'passwords' })}`,
    minAge: (span: string) => `At least ${span} between two changes`,
    maxAge: (span: string) => `You can use it for ${span}; then you will be asked for another one.`,
  },

  /** Asking for the password that the person has now. */
  currentPassword: {
    title: 'Confirm that it is you',
    lead: 'Please type the password that you have now. It is all right if it has expired.',
    account: 'Account',
    label: 'Current password',
    proceed: 'Continue',
    empty: 'Type your current password.',
    wrong: (left: number) =>
      `This is not your current password. You have ${count(left, { one: 'try', other: 'tries' })} left.`,
    forgotten: 'You do not remember it? Then please ask your help desk.',
  },

  errors: errorSentences({
    neutral: () => 'This did not work. Nothing was changed. If it happens again, please ask your help desk.',
    inactive: () => 'Your account is not active at the moment. Please ask your help desk.',
    notReady: () => 'The password could not be saved because of a fault on our side. Please tell your help desk.',
    'account-locked': () => 'Your account is locked. Please ask your help desk to unlock it.',
    'too-many-attempts': () => 'There were many attempts in a short time. Please wait a moment and try again.',
    'password-mismatch': () => 'The two entries are not the same. Please type the new password again, twice.',
    'password-too-short': ({ min }) =>
      min === undefined
        ? 'This password is too short. Choose a longer one.'
        : `This password is too short. Use at least ${characters(Number(min))}.`,
    'password-too-long': ({ max }) =>
      max === undefined
        ? 'This password is too long. Choose a shorter one.'
        : `This password is too long. Use at most ${characters(Number(max))}.`,
    'password-too-simple': ({ classes }) =>
      classes === undefined
        ? `This password is too simple. Use several of these kinds: ${kinds}.`
        : `This password is too simple. Use at least ${classes} of these 4 kinds: ${kinds}.`,
    'password-too-common': () => 'Many people use this password, so it is easy to guess. Choose a different one.',
    'password-contains-name': () => 'Your name or your login is part of this password. Choose one without it.',
    'password-in-history': () => 'You have used this password before. Choose one that is new.',
    'password-too-young': () =>
      'Your password was changed a short time ago and cannot be changed again yet. Please try again later, or ask your help desk.',
    'password-refused': () =>
      'The system that holds your account did not accept this password and does not say why. A longer one, unlike your earlier ones, usually works.',
    'password-change-forbidden': () => 'Your password may not be changed here. Please ask your help desk.',
    'passcode-wrong': () => 'That code is not right. Please look at it once more and type it again.',
    'passcode-replayed': () => 'That code has been used already. Please wait for the next one.',
    'passcode-expired': () => 'That code is too old. Please ask for a new one.',
    'token-out-of-sync': () => 'The clock of your authenticator is off. Please type the next code that it shows.',
    'authenticator-locked': () =>
      'There were too many wrong codes. Please wait for half an hour, or ask your help desk.',
    'no-usable-token': () => 'There is no authenticator here that you could use for this. Please ask your help desk.',
    unusable: () => 'This authenticator cannot be used at the moment. Please ask your help desk.',
    'serial-taken': () =>
      'An authenticator with this serial number is registered already. Please compare the number, or ask your help desk.',
    'seed-not-valid': () => 'This key cannot be used: it is too short or not complete.',
    'key-not-valid': () =>
      'This key cannot be used. RSA keys with at least 2048 bits, ECDSA keys on P-256, P-384 or P-521 and Ed25519 keys can; DSA keys are not secure any more.',
    'certificate-request-not-valid': () =>
      'This certificate request cannot be used. It must be signed with its own key: RSA with at least 2048 bits, or ECDSA on P-256, P-384 or P-521.',
    'slot-taken': () =>
      'There is an authenticator in this place already, or you have as many of this sort as you may. Nothing was changed. Please look at the page once more.',
    'proof-not-valid': () => 'We could not verify the answer of your authenticator. Please try again.',
    'challenge-not-valid': () => 'That took too long, or was done already. Please begin this step once more.',
    'passcode-sent-recently': () =>
      'A code was sent to you a moment ago. Please wait until it arrives before you ask for another one.',
    'form-not-valid': () => 'We could not read the form. Please fill it in once more.',
    'change-in-progress': () => 'Your new password is being saved at this moment. There is no need to send it again.',
    'change-not-completed': () =>
      'Your account has the new password, but we could not finish on our side. Please sign in with it. If that does not work, choose a password here once more in a minute.',
    'directory-unavailable': () =>
      'The system that holds your account does not answer. Nothing was changed, and your session stays open. Please try again in a minute.',
    'database-unavailable': () =>
      'This service cannot be reached right now. Nothing was changed. Please try again in a minute.',
    overloaded: () =>
      'There is more to do here than we can manage at this moment. Nothing was changed. Please try again in a minute.',
  }),
};

export type SharedTexts = typeof en;
