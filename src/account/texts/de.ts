import type { AccountTexts } from './en.js';

export const de: AccountTexts = {
  service: 'Ihr Konto',

  logIn: {
    title: 'Anmelden',
    domain: 'Domäne',
    login: 'Anmeldename',
    password: 'Passwort',
    button: 'Anmelden',
    domainMissing: 'Geben Sie den Namen Ihrer Domäne ein.',
    loginMissing: 'Geben Sie Ihren Anmeldenamen ein.',
    passwordMissing: 'Geben Sie Ihr Passwort ein.',
    refused: 'Domäne, Anmeldename und Passwort passen nicht zusammen, oder Sie können sich im Moment nicht anmelden.',
    forgotten: 'Passwort vergessen, oder noch kein Konto?',
  },

  notAnyMore: {
    title: 'Ihr Passwort muss zuerst geändert werden',
    texts: [
      'Es ist das richtige, aber es ist abgelaufen, oder Ihr Administrator möchte, dass Sie vorher ein anderes wählen.',
      'Lassen Sie sich einen Link für ein neues schicken, oder fragen Sie Ihren Helpdesk. Melden Sie sich dann mit dem neuen Passwort an.',
    ],
    link: 'Link für ein neues Passwort anfordern',
    back: 'Zurück zur Anmeldung',
  },

  notices: {
    'signed-out': 'Sie sind abgemeldet.',
    'password-changed': 'Ihr Passwort ist geändert. Alle anderen Sitzungen und offenen Links sind beendet.',
    'pin-changed': 'Ihr PIN-Code ist geändert. Der alte funktioniert nicht mehr.',
    'emergency-code-sent': 'Ein Notfallcode ist auf dem Weg in Ihr Postfach.',
    'authenticator-renamed': 'Der neue Name ist gespeichert.',
    'authenticator-removed': 'Der Authentifikator ist entfernt. Er funktioniert nicht mehr.',
    'request-cancelled': 'Es ist abgebrochen. Niemand kann es mehr benutzen.',
    'session-ended': 'Die Sitzung ist beendet.',
    'other-sessions-ended': 'Sie sind überall sonst abgemeldet.',
    unchanged: 'Es war schon vorbei. Es wurde nichts geändert.',
  },

  home: {
    title: 'Ihr Konto',
    name: 'Name',
    login: 'Anmeldename',
    domain: 'Domäne',
    mail: 'E-Mail',
    phone: 'Telefon',
    none: 'keine Angabe',
    before: 'Vorherige Anmeldung',
    changePassword: 'Passwort ändern',
    changePin: 'PIN-Code ändern',
    emergencyCodes: 'Notfallcode',
    signOut: 'Abmelden',
  },

  authenticators: {
    title: 'Womit Sie sich ausweisen',
    lead: 'Apps, Schlüssel, Karten und Codes, die für Sie eingerichtet sind.',
    none: 'Außer Ihrem Passwort ist noch nichts eingerichtet. Eine Authentifikator-App oder ein Sicherheitsschlüssel hält andere fern, die Ihr Passwort herausgefunden haben.',
    kind: 'Art',
    serial: 'Seriennummer',
    added: 'Hinzugefügt',
    used: 'Zuletzt benutzt',
    never: 'nie',
    notUsable: 'kann im Moment nicht benutzt werden',
    manage: 'Umbenennen oder entfernen',
    add: 'Hinzufügen',
  },

  authenticator: {
    name: 'Name',
    nameHint: 'Zum Beispiel: mein Telefon. Leer lassen, wenn es keinen haben soll.',
    save: 'Namen speichern',
    removeTitle: 'Entfernen',
    remove: 'Entfernen',
    removeText:
      'Es funktioniert sofort nicht mehr und lässt sich nicht zurückholen. Wir schicken Ihnen darüber eine Nachricht.',
    last: 'Das ist Ihr einziger zweiter Faktor. Ist er entfernt, schützt nur noch Ihr Passwort Ihr Konto: Wer es herausfindet, kommt hinein.',
    back: 'Zurück zu Ihrem Konto',
  },

  add: {
    title: 'Authentifikator hinzufügen',
    lead: 'Sie können Apps, Schlüssel, Karten und Codes einrichten, so viele Sie möchten. Wir schicken Ihnen über jeden eine Nachricht.',
    button: 'Auswählen, was eingerichtet wird',
  },

  requests: {
    title: 'Offene Links und Aufträge',
    lead: 'Was für Sie angelegt und noch nicht benutzt wurde. Brechen Sie ab, was Sie nicht erwartet haben.',
    none: 'Es ist nichts offen.',
    by: 'Angelegt von',
    somebody: 'jemandem, der nicht angemeldet war',
    server: 'diesem Dienst',
    yourself: 'Ihnen selbst',
    made: 'Angelegt',
    until: 'Gilt bis',
    opened: 'geöffnet und nicht abgeschlossen',
    cancel: 'Abbrechen',
    names: {
      enrolment: 'Authentifikator einrichten',
      'new-password': 'Neues Passwort wählen',
      'first-password': 'Erstes Passwort wählen',
      registration: 'Neues Konto bestätigen',
      unlock: 'Konto entsperren',
      'log-in': 'Ohne Passwort anmelden',
      custom: 'Ein Auftrag in Ihrem Namen',
      other: 'Ein Link oder ein Code',
    },
  },

  sessions: {
    title: 'Wo Sie angemeldet sind',
    lead: 'Browser und Programme, die als Sie angemeldet sind.',
    this: 'diese hier',
    program: 'Programm',
    unknown: 'Unbekannter Browser',
    on: (browser, system) => `${browser} auf ${system}`,
    address: 'Adresse',
    begun: 'Begonnen',
    used: 'Zuletzt benutzt',
    end: 'Beenden',
    endOthers: 'Überall sonst abmelden',
  },

  confirm: {
    title: 'Bestätigen Sie, dass Sie es sind',
    password: 'Bevor es weitergeht, geben Sie bitte Ihr Passwort ein.',
    both: 'Bevor es weitergeht, geben Sie bitte Ihr Passwort ein. Danach kommt Ihr zweiter Faktor.',
    factor: 'Bevor es weitergeht, zeigen Sie bitte Ihren zweiten Faktor.',
    label: 'Passwort',
    button: 'Weiter',
    empty: 'Geben Sie Ihr Passwort ein.',
    wrong: 'Das ist nicht Ihr Passwort, oder es kann im Moment nicht geprüft werden.',
    lasts: (span) => `Danach werden Sie ${span} lang nicht mehr gefragt.`,
    back: 'Zurück zu Ihrem Konto',
  },

  ended: {
    title: 'Das hat zu lange gedauert',
    texts: [
      'Dieser Schritt ist geschlossen: Er war schon getan, es verging zu viel Zeit, oder es gab zu viele falsche Eingaben.',
    ],
    back: 'Noch einmal beginnen',
  },

  password: {
    title: 'Ändern Sie Ihr Passwort',
    account: 'Konto',
    save: 'Passwort speichern',
    before:
      'Ist es gespeichert, enden alle Ihre anderen Sitzungen und offenen Links. Wir schicken Ihnen darüber eine Nachricht.',
    back: 'Zurück zu Ihrem Konto',
  },

  pin: {
    title: 'Ändern Sie Ihren PIN-Code',
    lead: 'Sie geben ihn vor den Codes Ihres Tokens oder Ihrer App ein. Der neue tritt an die Stelle dessen, den Sie haben.',
    label: 'Neuer PIN-Code',
    hint: (min, max) =>
      `${min} bis ${max} Buchstaben und Ziffern, ohne Umlaute. Groß- und Kleinbuchstaben sind verschieden.`,
    again: 'Neuer PIN-Code noch einmal',
    save: 'PIN-Code speichern',
    form: 'Ein PIN-Code hat 4 bis 64 Buchstaben und Ziffern, sonst nichts.',
    differ: 'Die beiden Eingaben sind nicht gleich.',
    before: 'Der alte funktioniert sofort nicht mehr. Wir schicken Ihnen darüber eine Nachricht.',
    back: 'Zurück zu Ihrem Konto',
  },

  emergencyCodes: {
    title: 'Lassen Sie sich einen Notfallcode schicken',
    lead: 'Für den Tag, an dem Telefon oder Schlüssel verloren sind. Er gilt einmal, anstelle Ihres zweiten Faktors, und kommt per E-Mail.',
    address: 'Geht an',
    noAddress: 'Es gibt keine E-Mail-Adresse von Ihnen, an die er gehen könnte. Bitte fragen Sie Ihren Helpdesk.',
    working: 'Ihre Codes',
    until: 'Neuester bis',
    send: 'Code schicken',
    enough:
      'Sie haben so viele Codes, wie Sie haben dürfen. Benutzen Sie einen, oder entfernen Sie einen auf der Seite Ihres Kontos.',
    keep: 'Schreiben Sie den Code auf, bewahren Sie ihn bei Ihren wichtigen Papieren auf, und löschen Sie die E-Mail: Wer sie liest, hat Ihren zweiten Faktor.',
    back: 'Zurück zu Ihrem Konto',
  },
};
