import type { AppRootTexts } from './en.js';

export const de: AppRootTexts = {
  service: 'Ihr Konto',
  scripts: {
    title: 'Diese Seite braucht JavaScript',
    text: 'JavaScript ist in diesem Browser abgeschaltet. Schalten Sie es ein und laden Sie die Seite neu, oder öffnen Sie Ihren Link in einem anderen Browser. Durch das Öffnen wird ein Link nicht verbraucht.',
  },
  loading: { title: 'Einen Moment', text: 'Ihr Link wird nachgesehen.' },

  logIn: {
    title: 'Anmelden',
    domain: 'Domäne',
    login: 'Anmeldename',
    password: 'Passwort',
    button: 'Anmelden',
    forgot: 'Passwort vergessen',
    register: 'Registrieren',
    loggedOut: 'Sie sind abgemeldet.',
    over: 'Ihre Sitzung ist beendet. Bitte melden Sie sich wieder an.',
  },

  register: {
    title: 'Registrieren',
    lead: 'Sie bekommen eine E-Mail mit einem Link. Ihr Konto entsteht, wenn Sie dort ein Passwort wählen.',
    domain: 'Domäne',
    login: 'Anmeldename',
    loginHint: 'Buchstaben von A bis Z, Ziffern und _\u00A0-\u00A0.\u00A0~\u00A0!',
    name: 'Name',
    email: 'E-Mail-Adresse',
    button: 'Registrieren',
    back: 'Zurück zur Anmeldung',
  },
  mailed: {
    title: 'Sehen Sie in Ihr Postfach',
    text: 'Wir haben Ihnen eine E-Mail mit einem Link geschickt. Öffnen Sie ihn und wählen Sie ein Passwort.',
  },

  forgot: {
    title: 'Passwort vergessen',
    lead: 'Sie bekommen eine E-Mail mit einem Link, mit dem Sie ein neues Passwort wählen.',
    key: 'Anmeldename oder E-Mail-Adresse',
    domain: 'Domäne',
    domainHint: 'Kann bei einer E-Mail-Adresse leer bleiben',
    button: 'Link zusenden',
  },
  asked: {
    title: 'Sehen Sie in Ihr Postfach',
    text: 'Wenn es zu Ihrer Eingabe ein Konto gibt, ist eine E-Mail mit einem Link unterwegs. Nach einigen Minuten nichts? Prüfen Sie Ihre Eingabe, oder fragen Sie den Helpdesk.',
  },

  password: {
    first: 'Wählen Sie Ihr Passwort',
    new: 'Wählen Sie ein neues Passwort',
    login: 'Anmeldename',
    domain: 'Domäne',
    save: 'Passwort speichern',
  },
  dead: {
    title: 'Dieser Link gilt nicht mehr',
    text: 'Er wurde schon verwendet, ist abgelaufen oder wurde durch einen neueren ersetzt.',
    ask: 'Neuen Link anfordern',
    invite: 'Bitten Sie um einen neuen, wo man Sie eingeladen hat.',
    logIn: 'Anmelden',
  },
  taken: {
    title: 'Ihr Anmeldename lässt sich nicht verwenden',
    text: 'Er ist inzwischen vergeben oder wird nicht angenommen. Bitte registrieren Sie sich noch einmal mit einem anderen.',
    button: 'Noch einmal registrieren',
  },
  away: { again: 'Noch einmal versuchen' },
  done: {
    account: 'Ihr Konto ist eingerichtet',
    accountText: 'Sie können sich jetzt mit Ihrem neuen Passwort anmelden.',
    password: 'Ihr neues Passwort gilt',
    passwordText: 'Melden Sie sich ab jetzt damit an. Alle Ihre Sitzungen an anderen Stellen sind beendet.',
    button: 'Anmelden',
  },

  account: {
    title: 'Sie sind angemeldet',
    name: 'Name',
    login: 'Anmeldename',
    domain: 'Domäne',
    change: 'Passwort ändern',
    more: 'Ihre Authentifikatoren, Links und Sitzungen',
    logOut: 'Abmelden',
    changed: 'Ihr Passwort wurde geändert. Ihre anderen Sitzungen sind beendet.',
  },
  own: {
    title: 'Ändern Sie Ihr Passwort',
    current: 'Aktuelles Passwort',
    save: 'Neues Passwort speichern',
    back: 'Zurück',
  },

  fields: {
    domainMissing: 'Geben Sie die Domäne ein.',
    domainClosed: 'In dieser Domäne kann man sich nicht registrieren.',
    loginMissing: 'Geben Sie einen Anmeldenamen ein.',
    loginShape:
      'Ein Anmeldename hat 1 bis 100 Zeichen: Buchstaben von A bis Z, Ziffern und _\u00A0-\u00A0.\u00A0~\u00A0!',
    loginTaken: 'Diesen Anmeldenamen hat schon jemand. Wählen Sie einen anderen.',
    nameMissing: 'Geben Sie Ihren Namen ein.',
    nameShape: 'Dieser Name lässt sich nicht verwenden. Er muss eine Zeile Text sein.',
    emailMissing: 'Geben Sie Ihre E-Mail-Adresse ein.',
    emailShape: 'Das ist keine E-Mail-Adresse. Sie sieht aus wie name@example.org.',
    keyMissing: 'Geben Sie Ihren Anmeldenamen oder Ihre E-Mail-Adresse ein.',
    passwordMissing: 'Geben Sie Ihr Passwort ein.',
    currentMissing: 'Geben Sie Ihr aktuelles Passwort ein.',
    currentWrong: 'Das ist nicht Ihr aktuelles Passwort.',
    symbols: 'Nur Buchstaben von A bis Z, Ziffern und _\u00A0-\u00A0.\u00A0~\u00A0!',
  },
  problems: {
    heading: 'Das hat noch nicht geklappt',
    wrong: 'Domäne, Anmeldename oder Passwort stimmt nicht.',
    expired:
      'Ihr Passwort muss ersetzt werden, bevor Sie sich anmelden können. Wählen Sie „Passwort vergessen“, um einen Link zu bekommen.',
    off: 'Das ist hier nicht möglich. Bitte fragen Sie den Helpdesk.',
    offline: 'Der Server ist nicht zu erreichen. Es wurde nichts geändert. Bitte versuchen Sie es noch einmal.',
    wait: 'Vor Kurzem kam schon eine Anfrage aus Ihrem Netz. Sie können Ihre senden in',
    banned: 'Aus Ihrem Netz kamen zu viele Fehlversuche. Sie können es wieder versuchen in',
  },
};
