/** Texts of the password reset pages. The other languages have the same shape; a text they lack does not compile. */
export const en = {
  service: 'Password reset',

  landing: {
    title: 'Set a new password',
    greeting: (name: string) => `Hello ${name}`,
    lead: (domain: string) => `Here you can set a new password for your account at ${domain}. It takes about a minute.`,
    requestedBy: 'Requested by',
    comments: 'Note',
    expires: 'Link works until',
    onceTitle: 'This link works once.',
    once: (span: string) => `It is used up when you continue. You then have ${span} for the next page.`,
    proceed: 'Continue',
    unexpected: 'You did not expect this? Then close this page. As long as you do not continue, nothing changes.',
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

  dead: {
    title: 'This link is not valid any more',
    texts: [
      'A link works once and for a limited time. This one may have been used, may have run out, or a newer one may have taken its place.',
      'If you have a newer message from us, please use the link in that one. Otherwise ask your help desk for a new link.',
    ],
  },

  ended: {
    title: 'This page is closed',
    texts: [
      'It closes when there was no step for a while, and when a new password has been set.',
      'If you have just saved a new password, it is in force: please sign in with it. If not, ask your help desk for a new link.',
    ],
  },
};

export type PasswordResetTexts = typeof en;
