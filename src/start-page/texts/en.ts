/** Texts of the start page. The other languages have the same shape; a text they lack does not compile. */
export const en = {
  eyebrow: 'Welcome',
  title: 'Latchkey is running',
  lead: 'A database of its own, a demo world to play with, and a mailbox in place of mail and SMS. Everything stays on this machine: the server listens on the loopback address only.',
  tryHeading: 'Try it',
  tryText: 'Send Jane Doe a link to reset her password, as a help-desk portal would:',
  copy: 'Copy',
  copied: 'Copied.',
  tryThen: 'Then find her message in the mailbox, open the link and set a new password.',
  lookHeading: 'Look around',
  mailbox: 'Mailbox',
  mailboxText: 'what was sent, by mail and SMS',
  card: 'Grid card',
  cardText: 'Jane Doe’s, to answer questions about its cells',
  signIn: 'Sign-in page',
  signInText: 'log in, register, forgot password',
  account: 'Your account',
  accountText: 'authenticators, links and sessions of who is signed in',
  device: 'Push device',
  deviceText: 'approve logons in this browser',
  docs: 'API documentation',
  docsText: 'every method, to read and to call',
  health: 'Health',
  healthText: 'database and directories',
  warning:
    'The passwords of the demo world are public. For real people, start the server with DATABASE_URL; neither the demo world nor the mailbox exist then.',
};

export type StartPageTexts = typeof en;
