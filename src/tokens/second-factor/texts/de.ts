import { counting } from '../../../core/web/language/plural.js';
import type { SecondFactorTexts } from './en.js';

const count = counting('de');

export const de: SecondFactorTexts = {
  title: 'Zeigen Sie, dass Sie es sind',
  lead: {
    link: 'Neben dem Link fragen wir nach etwas, das Sie für die Anmeldung eingerichtet haben.',
    password: 'Neben dem Passwort fragen wir nach etwas, das Sie für die Anmeldung eingerichtet haben.',
  },
  code: { heading: 'Mit einem Code aus Ihrer App, Ihrem Token oder Ihrer Liste', label: 'Code', button: 'Weiter' },
  fido: {
    heading: 'Mit Ihrem Sicherheitsschlüssel oder Passkey',
    button: 'Sicherheitsschlüssel oder Passkey verwenden',
    unsupported:
      'Dieser Browser oder diese Adresse kann keine Sicherheitsschlüssel verwenden. Bitte nehmen Sie einen anderen Weg.',
    failed: 'Das hat nicht geklappt. Bitte versuchen Sie es noch einmal oder nehmen Sie einen anderen Weg.',
    proceed: 'Schlüssel jetzt fragen',
  },
  passcode: {
    heading: 'Mit einem Code, den wir Ihnen senden',
    button: (to) => `Code an ${to} senden`,
    sent: (to) => `Wir haben einen Code an ${to} gesendet.`,
    label: 'Gesendeter Code',
  },
  questions: {
    GridCard: {
      heading: 'Mit Ihrer Gitterkarte',
      begin: 'Nach Feldern meiner Karte fragen',
      label: (cells) => `Was steht in den Feldern ${cells}?`,
      hint: 'Spalte nach dem Buchstaben, Zeile nach der Zahl. Geben Sie die Zeichen hintereinander ein.',
    },
    GridGo: {
      heading: 'Mit Ihrem Pfad auf einem Gitter',
      begin: 'Ein Gitter zeigen',
      label: () => 'Die Zeichen auf Ihrem Pfad',
      hint: 'Beginnen Sie bei einem beliebigen Feld. Geben Sie sein Zeichen ein und dann das jedes Felds, zu dem Ihr Pfad führt.',
    },
    OCRA: {
      heading: 'Mit einem Token, das auf eine Zahl antwortet',
      begin: 'Eine Zahl geben',
      label: (digits) => `Was antwortet Ihr Token auf ${digits}?`,
      hint: 'Geben Sie diese Zahl in Ihr Token ein und seine Antwort hier.',
    },
    OTPList: {
      heading: 'Mit Ihrer nummerierten Liste',
      begin: 'Nach einem Code meiner Liste fragen',
      label: (number) => `Code Nummer ${number}`,
      hint: undefined,
    },
  },
  certificate: {
    heading: 'Mit Ihrem Zertifikat',
    button: 'Das Zertifikat dieses Browsers verwenden',
    notShown:
      'Dieser Browser hat kein Zertifikat gezeigt. Er fragt danach, wenn er diesen Server zum ersten Mal aufruft: Schließen Sie alle seine Fenster, öffnen Sie einen neuen Link und wählen Sie Ihr Zertifikat. Oder nehmen Sie einen anderen Weg.',
  },
  emergency: { heading: 'Mit einem Notfallcode', label: 'Notfallcode', button: 'Weiter' },
  empty: 'Geben Sie den Code ein.',
  left: (tries) => `Noch ${count(tries, { one: 'Versuch', other: 'Versuche' })}.`,
  none: {
    title: 'Wir können hier nicht prüfen, dass Sie es sind',
    texts: [
      'Dieser Link braucht noch einen zweiten Nachweis, dass Sie es sind, und es gibt keinen, der sich hier verwenden ließe.',
      'Bitte wenden Sie sich telefonisch oder persönlich an Ihren Helpdesk.',
    ],
  },
};
