/** Texts of the password reset pages. The other languages have the same shape; a text they lack does not compile. */
export const en = {
  service: 'Password reset',

  landing: {
    title: 'Set a new password',
    lead: (domain: string) => `Here you can set a new password for your account at ${domain}. It takes about a minute.`,
  },

  password: {
    title: 'Choose a new password',
    account: 'Account',
    save: 'Save new password',
  },

  done: {
    title: 'Your new password is set',
    lead: 'From now on, sign in with it wherever you used the old one.',
    stillLocked: 'Your account is still locked. Please ask your help desk to unlock it.',
    nextHeading: 'Good to know',
    devices: 'Phones and mail programs that know your old password will ask for the new one.',
    links: 'The link you used, and any other one for a password reset, no longer works.',
    notice: 'We send a notice of this change to the address on file for you. Was it not you? Then tell your help desk.',
    close: 'You can close this page now.',
  },

  ended: {
    title: 'This page is closed',
    texts: [
      'It closes when there was no step for a while, after several wrong entries, and when a new password has been set.',
      'If you have just saved a new password, it is in force: please sign in with it. If not, ask your help desk for a new link.',
    ],
  },
};

export type PasswordResetTexts = typeof en;
