/** Texts of the root web application. The other languages have the same shape; a text they lack does not compile. */
export const en = {
  service: 'Your account',
  scripts: {
    title: 'This page needs JavaScript',
    text: 'JavaScript is switched off in this browser. Switch it on and load this page again, or open your link in another browser. A link is not used up by opening it.',
  },
  loading: { title: 'One moment', text: 'Your link is being looked up.' },

  logIn: {
    title: 'Log in',
    domain: 'Domain',
    login: 'Login',
    password: 'Password',
    button: 'Log in',
    forgot: 'Forgot password',
    register: 'Register',
    loggedOut: 'You are logged out.',
    over: 'Your session is over. Please log in again.',
  },

  register: {
    title: 'Register',
    lead: 'You get a mail with a link. Your account is made when you choose a password there.',
    domain: 'Domain',
    login: 'Login',
    loginHint: 'Letters from A to Z, digits and _\u00A0-\u00A0.\u00A0~\u00A0!',
    name: 'Name',
    email: 'Mail address',
    button: 'Register',
    back: 'Back to log-in',
  },
  mailed: {
    title: 'Look into your mailbox',
    text: 'We have sent you a mail with a link. Open it and choose a password.',
  },

  forgot: {
    title: 'Forgot password',
    lead: 'You get a mail with a link to choose a new password.',
    key: 'Login or mail address',
    domain: 'Domain',
    domainHint: 'May stay empty with a mail address',
    button: 'Send me a link',
  },
  asked: {
    title: 'Look into your mailbox',
    text: 'If there is an account for what you typed, a mail with a link is on its way. Nothing after a few minutes? Check what you typed, or ask your help desk.',
  },

  password: {
    first: 'Choose your password',
    new: 'Choose a new password',
    login: 'Login',
    domain: 'Domain',
    save: 'Save password',
  },
  dead: {
    title: 'This link does not work any more',
    text: 'It was used already, has expired, or was replaced by a newer one.',
    ask: 'Ask for a new link',
    invite: 'Please ask whoever invited you for a new one.',
    logIn: 'Log in',
  },
  taken: {
    title: 'Your login cannot be used',
    text: 'It was taken meanwhile, or is not accepted. Please register once more with another one.',
    button: 'Register once more',
  },
  away: { again: 'Try again' },
  done: {
    account: 'Your account is ready',
    accountText: 'You can log in with your new password now.',
    password: 'Your new password is set',
    passwordText: 'Log in with it from now on. All your sessions elsewhere have ended.',
    button: 'Log in',
  },

  account: {
    title: 'You are logged in',
    name: 'Name',
    login: 'Login',
    domain: 'Domain',
    change: 'Change password',
    more: 'Your authenticators, links and sessions',
    logOut: 'Log out',
    changed: 'Your password was changed. Your other sessions have ended.',
  },
  own: {
    title: 'Change your password',
    current: 'Current password',
    save: 'Save new password',
    back: 'Back',
  },

  fields: {
    domainMissing: 'Type the domain.',
    domainClosed: 'Registration is not open in this domain.',
    loginMissing: 'Type a login.',
    loginShape: 'A login has 1 to 100 symbols: letters from A to Z, digits and _\u00A0-\u00A0.\u00A0~\u00A0!',
    loginTaken: 'Somebody has this login already. Choose another one.',
    nameMissing: 'Type your name.',
    nameShape: 'This name cannot be used. It must be one line of text.',
    emailMissing: 'Type your mail address.',
    emailShape: 'This is not a mail address. It looks like name@example.org.',
    keyMissing: 'Type your login or your mail address.',
    passwordMissing: 'Type your password.',
    currentMissing: 'Type your current password.',
    currentWrong: 'This is not your current password.',
    symbols: 'Only letters from A to Z, digits and _\u00A0-\u00A0.\u00A0~\u00A0!',
  },
  problems: {
    heading: 'That has not worked yet',
    wrong: 'Domain, login or password is not right.',
    expired: 'Your password must be replaced before you can log in. Choose “Forgot password” to get a link.',
    off: 'This is not possible here. Please ask your help desk.',
    offline: 'The server cannot be reached. Nothing was changed. Please try again.',
    wait: 'There was a request from your network a short time ago. You can send yours in',
    banned: 'There were too many failed attempts from your network. You can try again in',
  },
};

export type AppRootTexts = typeof en;
