import type { Role } from '../../../../core/administrators/administrator.entity.js';

/** What an application may do in the name of somebody with a role, or without one. */
type Rights = Readonly<Record<Role | 'person', (domain: string) => readonly string[]>>;

const rights: Rights = {
  person: () => ['see what is kept about you here, such as your name and your addresses'],
  'user-manager': (domain) => [
    'see what is kept about you here',
    `see the people of ${domain}`,
    'send them links to set a password or to unlock their account',
  ],
  'domain-admin': (domain) => [
    'see what is kept about you here',
    `see, make and change the people of ${domain}`,
    'sign in as one of them, set passwords and unlock accounts',
  ],
  'global-admin': () => [
    'see what is kept about you here',
    'see, make and change the people of every domain',
    'sign in as any of them, set passwords and unlock accounts',
  ],
};

/** Texts of the pages of OAuth 1.0a. The other languages have the same shape; a text they lack does not compile. */
export const en = {
  service: 'Access for an application',

  consent: {
    title: (consumer: string) => `Let ${consumer} act for you?`,
    lead: (consumer: string) => `The application ${consumer} asks for access in your name.`,
    application: 'Application',
    account: 'Your account',
    returns: 'Leads back to',
    nowhere: 'nowhere; you go back yourself',
    may: (consumer: string) => `With your consent ${consumer} may`,
    rights,
    ends: (span: string | undefined) =>
      span === undefined
        ? 'The access ends when you change your password.'
        : `The access ends after ${span}, and before that when you change your password.`,
    ownDoing: (consumer: string) =>
      `Go on only if you have just begun this in ${consumer} yourself. If somebody sent you here, decline.`,
    allow: 'Allow',
    deny: 'Decline',
    notYou: 'Is this not your account? Then decline, and sign out first.',
  },

  granted: {
    title: 'Access allowed',
    texts: (consumer: string) => [`${consumer} may act for you now. You may return to it and close this page.`],
    carry: (consumer: string) => `Type this code into ${consumer}; it is shown only here:`,
  },

  denied: {
    title: 'Access declined',
    texts: (consumer: string) => [`${consumer} did not get access. You may return to it and close this page.`],
  },

  otherDomain: {
    title: 'This application is for other people',
    texts: (consumer: string, here: string, login: string) => [
      `${consumer} works for people of ${here}. You are signed in as ${login}.`,
    ],
    link: 'Sign in with another account',
  },

  ended: {
    title: 'This request is over',
    texts: [
      'Somebody has decided it already, or it is more than a quarter of an hour old.',
      'Go back to the application and begin again there.',
    ],
  },
};

export type OAuthTexts = typeof en;
