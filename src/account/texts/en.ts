import type { Notice } from '../done-notice.js';
import type { RequestName } from '../requests/request-names.js';

/** Texts of the pages of people who are signed in. The other languages have the same shape. */
export const en = {
  service: 'Your account',

  logIn: {
    title: 'Sign in',
    domain: 'Domain',
    login: 'Login',
    password: 'Password',
    button: 'Sign in',
    domainMissing: 'Type the name of your domain.',
    loginMissing: 'Type your login.',
    passwordMissing: 'Type your password.',
    refused: 'Domain, login and password do not belong together, or you cannot sign in at the moment.',
    forgotten: 'Forgotten your password, or no account yet?',
  },

  notAnyMore: {
    title: 'Your password has to be changed first',
    texts: [
      'It is the right one, but it has expired, or your administrator wants you to choose another one before you go on.',
      'Get a link to choose a new one, or ask your help desk. Then sign in with the new password.',
    ],
    link: 'Get a link for a new password',
    back: 'Back to signing in',
  },

  notices: {
    'signed-out': 'You are signed out.',
    'password-changed': 'Your password is changed. All other sessions and open links have ended.',
    'pin-changed': 'Your PIN code is changed. The old one does not work any more.',
    'emergency-code-sent': 'An emergency code is on its way to your mailbox.',
    'authenticator-renamed': 'The new name is saved.',
    'authenticator-removed': 'The authenticator is removed. It does not work any more.',
    'request-cancelled': 'It is cancelled. Nobody can use it any more.',
    'session-ended': 'The session has ended.',
    'other-sessions-ended': 'You are signed out everywhere else.',
    unchanged: 'It was over already. Nothing was changed.',
  } satisfies Record<Notice, string>,

  home: {
    title: 'Your account',
    name: 'Name',
    login: 'Login',
    domain: 'Domain',
    mail: 'Mail',
    phone: 'Phone',
    none: 'none',
    before: 'Previous sign-in',
    changePassword: 'Change password',
    changePin: 'Change PIN code',
    emergencyCodes: 'Emergency code',
    signOut: 'Sign out',
  },

  authenticators: {
    title: 'How you prove who you are',
    lead: 'Apps, keys, cards and codes that are set up for you.',
    none: 'Nothing is set up yet besides your password. An authenticator app or a security key keeps others out who have found out your password.',
    kind: 'Kind',
    serial: 'Serial number',
    added: 'Added',
    used: 'Last used',
    never: 'never',
    notUsable: 'cannot be used at the moment',
    manage: 'Rename or remove',
    add: 'Add',
  },

  authenticator: {
    name: 'Name',
    nameHint: 'For example: my phone. Leave it empty for none.',
    save: 'Save name',
    removeTitle: 'Remove',
    remove: 'Remove it',
    removeText: 'It stops working at once and cannot be brought back. We send you a message about it.',
    last: 'This is your last second factor. Once it is removed, your password is all that protects your account: whoever finds it out is in.',
    back: 'Back to your account',
  },

  add: {
    title: 'Add an authenticator',
    lead: 'You can set up apps, keys, cards and codes, as many as you like. We send you a message about each.',
    button: 'Choose what to set up',
  },

  requests: {
    title: 'Open links and requests',
    lead: 'What was made for you and has not been used yet. Cancel what you did not expect.',
    none: 'There is nothing open.',
    by: 'Made by',
    somebody: 'somebody who did not sign in',
    server: 'this service',
    yourself: 'yourself',
    made: 'Made',
    until: 'Works until',
    opened: 'opened, and not finished',
    cancel: 'Cancel',
    names: {
      enrolment: 'Set up an authenticator',
      'new-password': 'Choose a new password',
      'first-password': 'Choose a first password',
      registration: 'Confirm a new account',
      unlock: 'Unlock the account',
      'log-in': 'Sign in without a password',
      custom: 'A task in your name',
      other: 'A link or a code',
    } satisfies Record<RequestName, string>,
  },

  sessions: {
    title: 'Where you are signed in',
    lead: 'Browsers and programs that are signed in as you.',
    this: 'this one',
    program: 'Program',
    unknown: 'Unknown browser',
    on: (browser: string, system: string) => `${browser} on ${system}`,
    address: 'Address',
    begun: 'Begun',
    used: 'Last used',
    end: 'End',
    endOthers: 'Sign out everywhere else',
  },

  confirm: {
    title: 'Confirm that it is you',
    password: 'Before you go on, please type your password.',
    both: 'Before you go on, please type your password. Your second factor comes next.',
    factor: 'Before you go on, please show your second factor.',
    label: 'Password',
    button: 'Continue',
    empty: 'Type your password.',
    wrong: 'This is not your password, or it cannot be checked at the moment.',
    lasts: (span: string) => `You are not asked again for ${span}.`,
    back: 'Back to your account',
  },

  ended: {
    title: 'That took too long',
    texts: ['This step is closed: it was passed already, too much time went by, or there were too many wrong entries.'],
    back: 'Begin again',
  },

  password: {
    title: 'Change your password',
    account: 'Account',
    save: 'Save password',
    before:
      'Once it is saved, every other session of yours ends, and so do open links. We send you a message about it.',
    back: 'Back to your account',
  },

  pin: {
    title: 'Change your PIN code',
    lead: 'You type it in front of the codes of your token or app. The new one takes the place of the one that you have.',
    label: 'New PIN code',
    hint: (min: number, max: number) =>
      `${min} to ${max} letters and digits, without accents. Capital and small letters differ.`,
    again: 'New PIN code again',
    save: 'Save PIN code',
    form: 'A PIN code has 4 to 64 letters and digits, nothing else.',
    differ: 'The two entries are not the same.',
    before: 'The old one stops working at once. We send you a message about it.',
    back: 'Back to your account',
  },

  emergencyCodes: {
    title: 'Have an emergency code sent',
    lead: 'For the day when your phone or key is lost. It works once, in place of your second factor, and is sent by mail.',
    address: 'Goes to',
    noAddress: 'There is no mail address of yours that it could go to. Please ask your help desk.',
    working: 'Codes you have',
    until: 'Newest until',
    send: 'Send me a code',
    enough: 'You have as many codes as you may. Use one, or remove one on your account page.',
    keep: 'Write the code down, keep it with your important papers, and delete the mail: whoever reads it has your second factor.',
    back: 'Back to your account',
  },
};

export type AccountTexts = typeof en;
