import { counting } from '../../../../core/web/language/plural.js';

const count = counting('en');

/** Texts of the pages of user requests. The other languages have the same shape; a text they lack does not compile. */
export const en = {
  firstPassword: {
    service: 'Your account',
    title: 'Choose your password',
    account: 'Account',
    save: 'Save password',
  },

  newPassword: {
    service: 'Password reset',
    title: 'Choose a new password',
    account: 'Account',
    save: 'Save new password',
  },

  unlock: {
    service: 'Your account',
    title: 'Unlock your account',
    lead: 'Your account was locked after too many wrong entries. Here you can unlock it.',
    account: 'Account',
    effect: 'Your password stays as it is.',
    unlock: 'Unlock',
    unexpected:
      'You did not expect this? Then close this page. As long as you do not press the button, nothing changes.',
  },

  logIn: {
    service: 'Sign in',
    title: 'Sign in with this link',
    lead: 'Press the button to sign in on this device. The link works once.',
    account: 'Account',
    enter: 'Sign in',
    unexpected:
      'You did not expect this? Then close this page. As long as you do not press the button, nothing happens.',
  },

  pin: {
    service: 'Confirmation',
    title: 'Type your PIN',
    lead: 'If there is such an account with an address on file, a message with a PIN is on its way to it. Type the PIN here.',
    label: 'PIN',
    proceed: 'Continue',
    wrong: (left: number) =>
      left === 0
        ? 'That PIN is not right, and there are no tries left. Please start again.'
        : `That PIN is not right. You have ${count(left, { one: 'try', other: 'tries' })} left.`,
    missing: 'No message? Look in your spam folder, or start again after a few minutes.',
  },

  receipt: {
    title: 'Look into your mailbox',
    texts: [
      'If there is such an account with an address on file, a message is on its way to it. Follow the link in that message.',
      'Nothing there after a few minutes? Look in your spam folder, or ask your help desk.',
    ],
  },

  dead: {
    title: 'This cannot be used any more',
    texts: [
      'A link or a PIN works once and for a limited time. This one may have been used, may have run out, or a newer one may have taken its place.',
      'If you have a newer message from us, please use that one. Otherwise go to the sign-in page: there you can ask for a new one.',
    ],
    logIn: 'To the sign-in page',
  },

  done: {
    logIn: 'Sign in',
    stillLocked: 'Your account is still locked. Please ask your help desk to unlock it.',
    password: {
      service: 'Password',
      title: 'Your new password is set',
      lead: 'From now on, sign in with it wherever you used the old one.',
      points: [
        'You have been signed out everywhere, and other open links of yours no longer work.',
        'If you use a second factor, you will be asked for it as before.',
        'We send a notice of this change to the address on file for you. Was it not you? Then tell your help desk.',
      ],
    },
    unlocked: {
      service: 'Your account',
      title: 'Your account is unlocked',
      lead: 'You can sign in with your password again.',
      points: ['Your password has not changed. If you do not remember it, ask for a new one on the sign-in page.'],
    },
    closed: {
      service: 'Your account',
      title: 'Your account is not open',
      lead: 'The wrong entries no longer count. But your account was closed, and only your help desk can open it again.',
      points: ['Your password has not changed.'],
    },
  },
};

export type RequestTexts = typeof en;
