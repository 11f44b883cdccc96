import { counting } from '../language/plural.js';
import type { SharedTexts } from './en.js';
import { errorSentences } from './error-sentences.js';

const count = counting('de');

const characters = (number: number) => count(number, { one: 'Zeichen', other: 'Zeichen' });
const kinds = 'Kleinbuchstaben, Großbuchstaben, Ziffern, andere Zeichen';

export const de = {
  skipToContent: 'Zum Inhalt springen',
  languages: 'Sprache',
  secured: 'Gesichert durch Latchkey',
  demo: 'Demo – zum Ausprobieren, nur auf diesem Rechner',

  errorTitle: (title) => `Fehler: ${title}`,
  problem: 'Bitte prüfen Sie Ihre Eingabe',
  notYet: 'Das hat noch nicht geklappt',
  tryAgain: 'Noch einmal versuchen',
  reference: 'Kennung für den Helpdesk',

  notFound: {
    title: 'Diese Seite gibt es nicht',
    text: 'Bitte prüfen Sie die Adresse, oder gehen Sie zurück zur vorigen Seite.',
  },
  notValid: {
    title: 'Wir konnten Ihr Formular nicht lesen',
    text: 'Es wurde nichts geändert. Bitte gehen Sie zurück, laden Sie die Seite neu und füllen Sie das Formular noch einmal aus.',
  },
  forbidden: {
    title: 'Diese Seite ist für Sie nicht zugänglich',
    text: 'Wenn Sie meinen, dass sie es sein sollte, wenden Sie sich bitte an Ihren Helpdesk.',
  },
  tooMany: {
    title: 'Bitte warten Sie einen Moment',
    text: (span) =>
      `Aus Ihrem Netz kamen in kurzer Zeit viele Anfragen. Bitte warten Sie noch ${span} und versuchen Sie es dann noch einmal.`,
  },
  unavailable: {
    title: 'Wir sind gleich wieder da',
    text: 'Dieser Dienst ist gerade nicht erreichbar. Es wurde nichts geändert. Bitte versuchen Sie es in einer Minute noch einmal.',
  },
  directoryUnavailable: {
    title: 'Ihr Konto ist gerade nicht erreichbar',
    text: 'Das System mit Ihrem Konto antwortet nicht. Es wurde nichts geändert. Bitte versuchen Sie es in einer Minute noch einmal.',
  },
  failed: {
    title: 'Auf unserer Seite ist etwas schiefgegangen',
    text: 'Es liegt nicht an Ihnen. Weiter wurde nichts getan. Bitte versuchen Sie es in einer Minute noch einmal; geschieht es wieder, sagen Sie bitte Ihrem Helpdesk Bescheid.',
  },

  password: {
    new: 'Neues Passwort',
    again: 'Neues Passwort wiederholen',
    show: 'Anzeigen',
    hide: 'Verbergen',
    subject: '(Passwort)',
    shown: 'Ihr Passwort ist jetzt sichtbar.',
    hidden: 'Ihr Passwort ist verborgen.',
    empty: 'Geben Sie ein neues Passwort ein.',
    emptyAgain: 'Geben Sie das neue Passwort ein zweites Mal ein.',
    same: 'Beide Eingaben stimmen überein.',
    differ: 'Die beiden Eingaben stimmen noch nicht überein.',
    rulesHeading: 'Was Ihr neues Passwort braucht',
    rulesUnknown: 'Hier gelten Regeln für Passwörter. Wird Ihres nicht angenommen, steht es auf dieser Seite.',
    progress: 'Erfüllte Regeln: {met} von {total}.',
    met: 'erfüllt',
    open: 'noch nicht erfüllt',
    later: 'Wird beim Speichern geprüft',
    minLength: (least) => `Mindestens ${characters(least)}`,
    maxLength: (most) => `Höchstens ${characters(most)}`,
    classes: (number) =>
      number >= 4 ? `Alle diese: ${kinds}` : `Mindestens ${number} dieser 4 Zeichenarten: ${kinds}`,
    classesOrLength: (number, length) =>
      number >= 4
        ? `Alle diese: ${kinds} – oder einfach ${characters(length)} oder mehr`
        : `Mindestens ${number} dieser 4 Zeichenarten: ${kinds} – oder einfach ${characters(length)} oder mehr`,
    notName: 'Ohne Ihren Namen und Ihren Anmeldenamen',
    notCommon: 'Kein Passwort, das viele Menschen benutzen',
    history: (number) =>
      number === 1
        ? 'Anders als Ihr jetziges Passwort'
        : `Anders als Ihre letzten ${count(number, { one: 'Passwort', other: 'Passwörter' })}`,
    minAge: (span) => `Mindestens ${span} zwischen zwei Änderungen`,
    maxAge: (span) => `Es gilt ${span}; danach werden Sie nach einem anderen gefragt.`,
  },

  currentPassword: {
    title: 'Bestätigen Sie, dass Sie es sind',
    lead: 'Geben Sie bitte das Passwort ein, das Sie jetzt haben. Es darf auch abgelaufen sein.',
    account: 'Konto',
    label: 'Aktuelles Passwort',
    proceed: 'Weiter',
    empty: 'Geben Sie Ihr aktuelles Passwort ein.',
    wrong: (left) =>
      `Das ist nicht Ihr aktuelles Passwort. Sie haben noch ${count(left, { one: 'Versuch', other: 'Versuche' })}.`,
    forgotten: 'Sie erinnern sich nicht daran? Dann wenden Sie sich bitte an Ihren Helpdesk.',
  },

  errors: errorSentences({
    neutral: () =>
      'Das hat nicht geklappt. Es wurde nichts geändert. Wenn es noch einmal geschieht, wenden Sie sich bitte an Ihren Helpdesk.',
    inactive: () => 'Ihr Konto ist zurzeit nicht aktiv. Bitte wenden Sie sich an Ihren Helpdesk.',
    notReady: () =>
      'Das Passwort konnte wegen eines Fehlers auf unserer Seite nicht gespeichert werden. Bitte sagen Sie Ihrem Helpdesk Bescheid.',
    'account-locked': () => 'Ihr Konto ist gesperrt. Bitte lassen Sie es von Ihrem Helpdesk entsperren.',
    'too-many-attempts': () =>
      'Es gab in kurzer Zeit viele Versuche. Bitte warten Sie einen Moment und versuchen Sie es dann noch einmal.',
    'password-mismatch': () =>
      'Die beiden Eingaben stimmen nicht überein. Bitte geben Sie das neue Passwort noch einmal zweimal ein.',
    'password-too-short': ({ min }) =>
      min === undefined
        ? 'Dieses Passwort ist zu kurz. Wählen Sie ein längeres.'
        : `Dieses Passwort ist zu kurz. Nehmen Sie mindestens ${characters(Number(min))}.`,
    'password-too-long': ({ max }) =>
      max === undefined
        ? 'Dieses Passwort ist zu lang. Wählen Sie ein kürzeres.'
        : `Dieses Passwort ist zu lang. Nehmen Sie höchstens ${characters(Number(max))}.`,
    'password-too-simple': ({ classes }) =>
      classes === undefined
        ? `Dieses Passwort ist zu einfach. Verwenden Sie mehrere dieser Zeichenarten: ${kinds}.`
        : `Dieses Passwort ist zu einfach. Verwenden Sie mindestens ${classes} dieser 4 Zeichenarten: ${kinds}.`,
    'password-too-common': () =>
      'Dieses Passwort benutzen viele Menschen, es ist daher leicht zu erraten. Wählen Sie ein anderes.',
    'password-contains-name': () =>
      'Ihr Name oder Ihr Anmeldename kommt in diesem Passwort vor. Wählen Sie eines ohne ihn.',
    'password-in-history': () => 'Dieses Passwort hatten Sie schon einmal. Wählen Sie ein ganz neues.',
    'password-too-young': () =>
      'Ihr Passwort wurde erst vor Kurzem geändert und kann noch nicht wieder geändert werden. Bitte versuchen Sie es später noch einmal, oder wenden Sie sich an Ihren Helpdesk.',
    'password-refused': () =>
      'Das System mit Ihrem Konto hat dieses Passwort nicht angenommen und nennt keinen Grund. Ein längeres, das Ihren früheren nicht ähnelt, hilft meistens.',
    'password-change-forbidden': () =>
      'Ihr Passwort darf hier nicht geändert werden. Bitte wenden Sie sich an Ihren Helpdesk.',
    'passcode-wrong': () => 'Dieser Code stimmt nicht. Bitte sehen Sie noch einmal nach und geben Sie ihn neu ein.',
    'passcode-replayed': () => 'Dieser Code wurde schon verwendet. Bitte warten Sie auf den nächsten.',
    'passcode-expired': () => 'Dieser Code ist zu alt. Bitte fordern Sie einen neuen an.',
    'token-out-of-sync': () =>
      'Die Uhr Ihres Authentifikators geht falsch. Bitte geben Sie den nächsten Code ein, den er anzeigt.',
    'authenticator-locked': () =>
      'Es gab zu viele falsche Codes. Bitte warten Sie eine halbe Stunde oder fragen Sie Ihren Helpdesk.',
    'no-usable-token': () =>
      'Es gibt hier keinen Authentifikator, den Sie dafür verwenden könnten. Bitte fragen Sie Ihren Helpdesk.',
    unusable: () => 'Dieser Authentifikator lässt sich zurzeit nicht verwenden. Bitte fragen Sie Ihren Helpdesk.',
    'serial-taken': () =>
      'Ein Authentifikator mit dieser Seriennummer ist schon registriert. Bitte vergleichen Sie die Nummer oder fragen Sie Ihren Helpdesk.',
    'seed-not-valid': () => 'Dieser Schlüssel lässt sich nicht verwenden: Er ist zu kurz oder nicht vollständig.',
    'key-not-valid': () =>
      'Dieser Schlüssel lässt sich nicht verwenden. Möglich sind RSA mit mindestens 2048 Bit, ECDSA auf P-256, P-384 oder P-521 und Ed25519; DSA ist nicht mehr sicher.',
    'certificate-request-not-valid': () =>
      'Diese Zertifikatsanforderung lässt sich nicht verwenden. Sie muss mit dem eigenen Schlüssel unterschrieben sein: RSA mit mindestens 2048 Bit oder ECDSA auf P-256, P-384 oder P-521.',
    'slot-taken': () =>
      'An dieser Stelle gibt es schon einen Authentifikator, oder Sie haben so viele von dieser Art, wie Sie haben dürfen. Es wurde nichts geändert. Bitte sehen Sie sich die Seite noch einmal an.',
    'proof-not-valid': () =>
      'Wir konnten die Antwort Ihres Authentifikators nicht prüfen. Bitte versuchen Sie es noch einmal.',
    'challenge-not-valid': () =>
      'Das hat zu lange gedauert oder ist schon geschehen. Bitte beginnen Sie diesen Schritt noch einmal.',
    'passcode-sent-recently': () =>
      'Eben wurde Ihnen ein Code geschickt. Bitte warten Sie, bis er ankommt, bevor Sie einen weiteren anfordern.',
    'form-not-valid': () => 'Wir konnten das Formular nicht lesen. Bitte füllen Sie es noch einmal aus.',
    'change-in-progress': () =>
      'Ihr neues Passwort wird in diesem Moment gespeichert. Sie brauchen es nicht noch einmal zu senden.',
    'change-not-completed': () =>
      'Ihr Konto hat das neue Passwort, aber bei uns konnten wir den Vorgang nicht abschließen. Bitte melden Sie sich damit an. Wenn das nicht geht, wählen Sie hier in einer Minute noch einmal ein Passwort.',
    'directory-unavailable': () =>
      'Das System mit Ihrem Konto antwortet nicht. Es wurde nichts geändert, und Ihre Sitzung bleibt offen. Bitte versuchen Sie es in einer Minute noch einmal.',
    'database-unavailable': () =>
      'Dieser Dienst ist gerade nicht erreichbar. Es wurde nichts geändert. Bitte versuchen Sie es in einer Minute noch einmal.',
    overloaded: () =>
      'Hier ist gerade mehr zu tun, als wir schaffen. Es wurde nichts geändert. Bitte versuchen Sie es in einer Minute noch einmal.',
  }),
} satisfies SharedTexts;
