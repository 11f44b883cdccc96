import type { Choice } from '../../items.js';

/** Texts of the enrolment pages. The other languages have the same shape; a text they lack does not compile. */
export const en = {
  service: 'Set up how you sign in',

  landing: {
    title: 'Set up your authenticator',
    lead: (domain: string) =>
      `Here you can set up how you prove who you are when you sign in at ${domain}. It takes a few minutes.`,
    item: 'To be set up',
    keyAddress: 'For a security key, open this link at',
  },

  choice: {
    title: 'What would you like to set up?',
    lead: 'Choose one. You can come back here and set up another one until you press “I am done”.',
    stored: (name: string) => `Set up: ${name}. It works from now on.`,
    inUse: 'In use',
    used: (filled: number, all: number) => `${filled} of ${all} in use`,
    finish: 'I am done',
    nothing: 'There is nothing here that you can set up. Please ask your help desk.',
  },

  /** Names and one-line explanations of what can be set up. */
  items: {
    Token: { name: 'Authenticator app or token', text: 'Shows a new code every few seconds.' },
    FIDO: { name: 'Security key or passkey', text: 'A key on your key ring, or your phone or computer itself.' },
    PINCode: { name: 'PIN code', text: 'Digits or letters that you type in front of a code.' },
    AppKeys: { name: 'Application password', text: 'For a program that cannot ask for a code.' },
    OTPList: { name: 'List of codes on paper', text: 'Each one works once.' },
    GridCard: { name: 'Grid card', text: 'A card on paper; you are asked for some of its cells.' },
    GridGo: { name: 'Path on a grid', text: 'You remember a path, the screen shows a new grid each time.' },
    Push: { name: 'Approve on this phone or browser', text: 'It shows a request when you sign in.' },
    EmergencyCode: { name: 'Emergency code', text: 'For the day when nothing else is at hand.' },
    Questions: { name: 'Security questions', text: 'Answers that only you know.' },
    SSHKey: { name: 'SSH key', text: 'To log in to servers.' },
    Certificate: { name: 'Certificate', text: 'To prove who you are to programs and web sites.' },
  } satisfies Record<Choice, { name: string; text: string }>,

  slot: {
    heading: 'Place',
    free: 'free',
    filled: (name: string) => `in use: ${name}`,
    replace: (name: string) => `Replace “${name}”. It stops working as soon as the new one works.`,
    confirm: 'Yes, replace it',
  },

  back: 'Choose something else',
  next: 'Continue',
  code: 'Code',

  app: {
    title: 'Set up an authenticator app',
    lead: 'You need an app on your phone that shows codes, for example Google Authenticator, Microsoft Authenticator, FreeOTP or a password manager.',
    begin: 'I have such an app',
    scanTitle: 'Scan this code with the app',
    scan: 'Open the app, choose “add” and point the camera at the picture.',
    picture: 'QR code for your authenticator app',
    byHand: 'Cannot scan?',
    key: 'Type this key into the app instead',
    kind: 'Kind of code',
    time: (digits: number, seconds: number) => `time-based, ${digits} digits, ${seconds} seconds`,
    open: 'Open in an app on this device',
    prove: 'Then type the code that the app shows',
    save: 'Finish',
    fresh: 'Show a new picture',
    empty: 'Type the code that the app shows.',
  },

  once: {
    warning:
      'This is shown only this once. Copy it or write it down now; afterwards nobody can show it again, not even your help desk.',
  },

  pin: {
    title: 'Set up a PIN code',
    lead: 'You type it in front of the codes of your token or app.',
    label: 'PIN code',
    hint: (min: number, max: number) =>
      `${min} to ${max} letters and digits, without accents. Capital and small letters differ.`,
    again: 'PIN code again',
    type: 'Type it once to show that you have it',
    drawn: 'Your PIN code',
    save: 'Save PIN code',
    generate: 'Make one for me',
    form: 'A PIN code has 4 to 64 letters and digits, nothing else.',
    differ: 'The two entries are not the same.',
  },

  appKeys: {
    title: 'Make an application password',
    lead: 'For a mail program or another one that asks for a password and cannot ask for a code. It works for this one program instead of your own password.',
    client: 'Which program is it for?',
    clientHint: 'For example: mail on my phone',
    empty: 'Say which program it is for, so that you find it again.',
    length: 'Characters',
    days: 'Days for which it works',
    daysHint: (max: number) => `At most ${max}`,
    issue: 'Make the password',
    issued: 'Your application password',
    password: 'Type or paste it into the program',
  },

  done: {
    title: 'All set',
    lead: (name: string) => `${name} is set up and works from now on.`,
    nextHeading: 'Good to know',
    notice: 'We send you a message about every change of this kind. Was it not you? The message says what to do.',
    links: 'The link that you used does not work any more.',
    close: 'You can close this page now.',
    home: 'Back to your account',
  },

  ended: {
    title: 'This page is closed',
    texts: [
      'It closes when there was no step for a while, after several wrong entries, and when everything has been set up.',
      'If something is still to be set up, please ask your help desk for a new link.',
    ],
  },
};

export type EnrolmentTexts = typeof en;
