import { counting } from '../../../core/web/language/plural.js';

const count = counting('en');

/** Texts of the page that asks for a second factor. The other languages have the same shape. */
export const en = {
  title: 'Show that it is you',
  lead: 'Besides the link, we ask for one of the things that you have set up for signing in.',
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
