import { counting } from '../../../core/web/language/plural.js';

const count = counting('en');

/** Texts of the page that asks for a second factor. The other languages have the same shape. */
export const en = {
  title: 'Show that it is you',
  /** By what the person came here. */
  lead: {
    link: 'Besides the link, we ask for one of the things that you have set up for signing in.',
    password: 'Besides your password, we ask for one of the things that you have set up for signing in.',
  },
  code: { heading: 'With a code from your app, token or list', label: 'Code', button: 'Continue' },
  fido: {
    heading: 'With your security key or passkey',
    button: 'Use security key or passkey',
    unsupported: 'This browser, or this address, cannot use security keys. Please use another way.',
    failed: 'That did not work. Please try again, or use another way.',
    proceed: 'Ask the key now',
  },
  passcode: {
    heading: 'With a code that we send to you',
    button: (to: string) => `Send a code to ${to}`,
    sent: (to: string) => `We have sent a code to ${to}.`,
    label: 'Code that was sent',
  },
  questions: {
    GridCard: {
      heading: 'With your grid card',
      begin: 'Ask me for cells of my card',
      label: (cells: string) => `What stands in the cells ${cells}?`,
      hint: 'Column by its letter, row by its number. Type the signs one after the other.',
    },
    GridGo: {
      heading: 'With your path on a grid',
      begin: 'Show me a grid',
      label: (_grid: string) => 'The signs on your path',
      hint: 'Start at any cell. Type its sign, then the sign of each cell that your path leads to.',
    },
    OCRA: {
      heading: 'With a token that answers a number',
      begin: 'Give me a number',
      label: (digits: string) => `What does your token answer to ${digits}?`,
      hint: 'Type this number into your token, and its answer here.',
    },
    OTPList: {
      heading: 'With your numbered list',
      begin: 'Ask me for a code of my list',
      label: (number: string) => `Code number ${number}`,
      hint: undefined as string | undefined,
    },
  },
  certificate: {
    heading: 'With your certificate',
    button: 'Use the certificate of this browser',
    notShown:
      'This browser has shown no certificate. It asks which one to show when it first meets this server: close all its windows, open a new link and choose your certificate. Or use another way.',
  },
  emergency: { heading: 'With an emergency code', label: 'Emergency code', button: 'Continue' },
  empty: 'Type the code.',
  left: (tries: number) => `${count(tries, { one: 'try', other: 'tries' })} left.`,
  none: {
    title: 'We cannot check here that it is you',
    texts: [
      'This link also needs a second proof that it is you, and there is none that could be used here.',
      'Please contact your help desk by phone or in person.',
    ],
  },
};

export type SecondFactorTexts = typeof en;
