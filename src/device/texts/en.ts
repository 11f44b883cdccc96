/** Texts of the page of push devices. The other languages have the same shape; a text they lack does not compile. */
export const en = {
  title: 'Approve sign-ins',
  eyebrow: 'Approve sign-ins',
  appName: 'Latchkey: approve sign-ins',
  shortName: 'Latchkey',

  scripts: 'This page needs JavaScript, which is switched off in this browser.',
  loading: { title: 'One moment', text: 'Looking whether there is something to approve.' },
  unsupported: {
    title: 'This browser cannot be used here',
    text: 'It cannot keep a key at this address. Use a current browser, outside a private window, and open the page with https.',
  },

  none: {
    title: 'Set up this device',
    lead: 'With this phone or browser you approve your own sign-ins. First it has to be set up.',
    link: 'Did you get a link to set up how you sign in? Open it on this device and choose “Approve on this phone or browser”.',
    heading: 'Or type a code',
    code: 'Code',
    codeHint: 'The 16 letters and digits that your help desk gave you',
    pin: 'PIN',
    pinHint: 'Only if you were given one with the code',
    name: 'What do you call this device?',
    nameHint: 'So that you recognise it later, for example: my phone',
    button: 'Set up this device',
    wrong: 'This did not work. Check the code and the PIN, or ask your help desk for a new code.',
    full: 'You have as many devices as you may. Have one of them removed first.',
    offline: 'The server cannot be reached. Please try again.',
  },
  enrolled: {
    title: 'This device is set up',
    text: 'When you sign in somewhere and choose to approve it here, the request appears on this page. Keep it open, or put it on your home screen.',
  },

  idle: {
    title: 'Nothing to approve',
    text: 'When you sign in somewhere, the request appears here by itself.',
    heading: 'Set up on this device for',
    notify: 'Tell me when there is a request',
    notifyText: 'The browser then shows a message also when this page is closed.',
  },

  request: {
    title: 'Is it you who is signing in?',
    warning:
      'Approve only if you are signing in yourself, right now. If not, decline: somebody may know your password.',
    application: 'Application',
    account: 'Account',
    time: 'Time',
    address: 'From the address',
    until: 'Answer before',
    number: 'Type the number that you see where you are signing in',
    numberHint: 'Two digits. Do you see no number? Then it is not you who is signing in: decline.',
    numberMissing: 'Type the two digits that you see where you are signing in.',
    pin: 'Your PIN code',
    pinHint: 'Needed to approve, not to decline.',
    pinWrong: 'This is not your PIN code. Please type it once more.',
    approve: 'Approve',
    deny: 'Decline',
  },

  approved: { title: 'Approved', text: 'Go on where you are signing in.' },
  denied: {
    title: 'Declined',
    text: 'Nobody is let in with this request. If you did not try to sign in, change your password and tell your help desk.',
  },
  mismatched: {
    title: 'The number was not the right one',
    text: 'The request is over and nobody is let in. If it is you who is signing in, try again there and compare the number.',
  },
  gone: {
    title: 'The request is over',
    text: 'It was answered already, took too long, or was replaced by a newer one. If you still want to sign in, try again there.',
  },
  locked: {
    title: 'Approving is locked for a while',
    text: 'Too many requests were declined or failed. Try again later, or ask your help desk.',
  },
  revoked: {
    title: 'This device may not be used any more',
    text: 'It was removed or switched off. If that was not you, tell your help desk. To use it again, set it up anew.',
  },
  offline: { title: 'No connection', text: 'The server cannot be reached. The page tries again by itself.' },
  back: 'Back',

  signal: { title: 'A sign-in waits for you', body: 'Open this to see it. Did you not sign in? Then decline.' },
};

export type DeviceTexts = typeof en;
