import type { EnrolmentTexts } from './en.js';

export const de: EnrolmentTexts = {
  service: 'Anmeldung einrichten',

  landing: {
    title: 'Richten Sie Ihren Authentifikator ein',
    lead: (domain) =>
      `Hier richten Sie ein, womit Sie sich bei der Anmeldung bei ${domain} ausweisen. Es dauert ein paar Minuten.`,
    item: 'Eingerichtet wird',
    keyAddress: 'Für einen Sicherheitsschlüssel öffnen Sie diesen Link unter',
  },

  choice: {
    title: 'Was möchten Sie einrichten?',
    lead: 'Wählen Sie etwas aus. Sie können hierher zurückkommen und weiteres einrichten, bis Sie auf „Ich bin fertig“ drücken.',
    stored: (name) => `Eingerichtet: ${name}. Gilt ab jetzt.`,
    inUse: 'In Gebrauch',
    used: (filled, all) => `${filled} von ${all} in Gebrauch`,
    finish: 'Ich bin fertig',
    nothing: 'Hier gibt es nichts, was Sie einrichten können. Bitte fragen Sie Ihren Helpdesk.',
  },

  items: {
    Token: { name: 'Authentifikator-App oder Token', text: 'Zeigt alle paar Sekunden einen neuen Code.' },
    FIDO: {
      name: 'Sicherheitsschlüssel oder Passkey',
      text: 'Ein Schlüssel am Schlüsselbund, oder Ihr Telefon oder Computer selbst.',
    },
    PINCode: { name: 'PIN-Code', text: 'Ziffern oder Buchstaben, die Sie vor einem Code eingeben.' },
    AppKeys: { name: 'App-Passwort', text: 'Für ein Programm, das nicht nach einem Code fragen kann.' },
    OTPList: { name: 'Liste mit Codes auf Papier', text: 'Jeder gilt einmal.' },
    GridCard: { name: 'Gitterkarte', text: 'Eine Karte auf Papier; Sie werden nach einigen Feldern gefragt.' },
    GridGo: {
      name: 'Pfad auf einem Gitter',
      text: 'Sie merken sich einen Pfad, der Bildschirm zeigt jedes Mal ein neues Gitter.',
    },
    Push: {
      name: 'Auf diesem Telefon oder Browser bestätigen',
      text: 'Es zeigt eine Anfrage, wenn Sie sich anmelden.',
    },
    EmergencyCode: { name: 'Notfallcode', text: 'Für den Tag, an dem nichts anderes zur Hand ist.' },
    Questions: { name: 'Sicherheitsfragen', text: 'Antworten, die nur Sie kennen.' },
    SSHKey: { name: 'SSH-Schlüssel', text: 'Um sich an Servern anzumelden.' },
    Certificate: { name: 'Zertifikat', text: 'Um sich gegenüber Programmen und Websites auszuweisen.' },
  },

  slot: {
    heading: 'Platz',
    free: 'frei',
    filled: (name) => `in Gebrauch: ${name}`,
    replace: (name) => `„${name}“ ersetzen. Es gilt nicht mehr, sobald das neue gilt.`,
    confirm: 'Ja, ersetzen',
  },

  back: 'Etwas anderes wählen',
  next: 'Weiter',
  code: 'Code',

  app: {
    title: 'Richten Sie eine Authentifikator-App ein',
    lead: 'Sie brauchen eine App auf Ihrem Telefon, die Codes anzeigt, zum Beispiel Google Authenticator, Microsoft Authenticator, FreeOTP oder einen Passwortmanager.',
    begin: 'Ich habe so eine App',
    scanTitle: 'Lesen Sie dieses Bild mit der App ein',
    scan: 'Öffnen Sie die App, wählen Sie „Hinzufügen“ und richten Sie die Kamera auf das Bild.',
    picture: 'QR-Code für Ihre Authentifikator-App',
    byHand: 'Einlesen geht nicht?',
    key: 'Geben Sie stattdessen diesen Schlüssel in die App ein',
    kind: 'Art des Codes',
    time: (digits, seconds) => `zeitbasiert, ${digits} Stellen, ${seconds} Sekunden`,
    open: 'In einer App auf diesem Gerät öffnen',
    prove: 'Geben Sie dann den Code ein, den die App anzeigt',
    save: 'Fertigstellen',
    fresh: 'Neues Bild anzeigen',
    empty: 'Geben Sie den Code ein, den die App anzeigt.',
  },

  once: {
    warning:
      'Dies wird nur dieses eine Mal angezeigt. Kopieren Sie es oder schreiben Sie es jetzt auf; später kann es niemand mehr zeigen, auch Ihr Helpdesk nicht.',
  },

  pin: {
    title: 'Richten Sie einen PIN-Code ein',
    lead: 'Sie geben ihn vor den Codes Ihres Tokens oder Ihrer App ein.',
    label: 'PIN-Code',
    hint: (min, max) =>
      `${min} bis ${max} Buchstaben und Ziffern, ohne Umlaute. Groß- und Kleinbuchstaben sind verschieden.`,
    again: 'PIN-Code noch einmal',
    type: 'Geben Sie ihn einmal ein, um zu zeigen, dass Sie ihn haben',
    drawn: 'Ihr PIN-Code',
    save: 'PIN-Code speichern',
    generate: 'Einen für mich erzeugen',
    form: 'Ein PIN-Code hat 4 bis 64 Buchstaben und Ziffern, sonst nichts.',
    differ: 'Die beiden Eingaben sind nicht gleich.',
  },

  appKeys: {
    title: 'Erzeugen Sie ein App-Passwort',
    lead: 'Für ein Mailprogramm oder ein anderes, das nach einem Passwort fragt und nicht nach einem Code fragen kann. Es gilt für dieses eine Programm anstelle Ihres eigenen Passworts.',
    client: 'Für welches Programm ist es?',
    clientHint: 'Zum Beispiel: Mail auf meinem Telefon',
    empty: 'Sagen Sie, für welches Programm es ist, damit Sie es wiederfinden.',
    length: 'Zeichen',
    days: 'Tage, die es gilt',
    daysHint: (max) => `Höchstens ${max}`,
    issue: 'Passwort erzeugen',
    issued: 'Ihr App-Passwort',
    password: 'Geben oder fügen Sie es im Programm ein',
  },

  done: {
    title: 'Fertig',
    lead: (name) => `${name} ist eingerichtet und gilt ab jetzt.`,
    nextHeading: 'Gut zu wissen',
    notice:
      'Wir senden Ihnen über jede solche Änderung eine Nachricht. Waren Sie das nicht? In der Nachricht steht, was zu tun ist.',
    links: 'Der Link, den Sie verwendet haben, funktioniert nicht mehr.',
    close: 'Sie können diese Seite jetzt schließen.',
    home: 'Zurück zu Ihrem Konto',
  },

  ended: {
    title: 'Diese Seite ist geschlossen',
    texts: [
      'Sie schließt, wenn eine Weile nichts geschah, nach mehreren falschen Eingaben und wenn alles eingerichtet ist.',
      'Wenn noch etwas einzurichten ist, bitten Sie Ihren Helpdesk um einen neuen Link.',
    ],
  },
};
