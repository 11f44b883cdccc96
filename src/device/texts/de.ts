import type { DeviceTexts } from './en.js';

export const de: DeviceTexts = {
  title: 'Anmeldungen bestätigen',
  eyebrow: 'Anmeldungen bestätigen',
  appName: 'Latchkey: Anmeldungen bestätigen',
  shortName: 'Latchkey',

  scripts: 'Diese Seite braucht JavaScript, das in diesem Browser abgeschaltet ist.',
  loading: { title: 'Einen Moment', text: 'Es wird nachgesehen, ob etwas zu bestätigen ist.' },
  unsupported: {
    title: 'Dieser Browser lässt sich hier nicht verwenden',
    text: 'Er kann unter dieser Adresse keinen Schlüssel aufbewahren. Nehmen Sie einen aktuellen Browser, kein privates Fenster, und öffnen Sie die Seite mit https.',
  },

  none: {
    title: 'Richten Sie dieses Gerät ein',
    lead: 'Mit diesem Telefon oder Browser bestätigen Sie Ihre eigenen Anmeldungen. Zuerst muss es eingerichtet werden.',
    link: 'Haben Sie einen Link bekommen, mit dem Sie Ihre Anmeldung einrichten? Öffnen Sie ihn auf diesem Gerät und wählen Sie „Auf diesem Telefon oder Browser bestätigen“.',
    heading: 'Oder geben Sie einen Code ein',
    code: 'Code',
    codeHint: 'Die 16 Buchstaben und Ziffern von Ihrem Helpdesk',
    pin: 'PIN',
    pinHint: 'Nur, wenn Sie mit dem Code eine bekommen haben',
    name: 'Wie nennen Sie dieses Gerät?',
    nameHint: 'Damit Sie es später wiedererkennen, zum Beispiel: mein Telefon',
    button: 'Dieses Gerät einrichten',
    wrong: 'Das hat nicht geklappt. Prüfen Sie Code und PIN, oder bitten Sie den Helpdesk um einen neuen Code.',
    full: 'Sie haben so viele Geräte, wie Sie haben dürfen. Lassen Sie zuerst eines entfernen.',
    offline: 'Der Server ist nicht zu erreichen. Bitte versuchen Sie es noch einmal.',
  },
  enrolled: {
    title: 'Dieses Gerät ist eingerichtet',
    text: 'Wenn Sie sich irgendwo anmelden und hier bestätigen wollen, erscheint die Anfrage auf dieser Seite. Lassen Sie sie offen, oder legen Sie sie auf den Startbildschirm.',
  },

  idle: {
    title: 'Nichts zu bestätigen',
    text: 'Wenn Sie sich irgendwo anmelden, erscheint die Anfrage hier von selbst.',
    heading: 'Auf diesem Gerät eingerichtet für',
    notify: 'Bei einer Anfrage benachrichtigen',
    notifyText: 'Der Browser zeigt dann auch eine Meldung, wenn diese Seite geschlossen ist.',
  },

  request: {
    title: 'Melden Sie sich gerade an?',
    warning:
      'Bestätigen Sie nur, wenn Sie sich gerade selbst anmelden. Sonst lehnen Sie ab: vielleicht kennt jemand Ihr Passwort.',
    application: 'Anwendung',
    account: 'Konto',
    time: 'Zeit',
    address: 'Von der Adresse',
    until: 'Antworten bis',
    number: 'Geben Sie die Zahl ein, die Sie bei der Anmeldung sehen',
    numberHint: 'Zwei Ziffern. Sie sehen keine Zahl? Dann melden nicht Sie sich an: lehnen Sie ab.',
    numberMissing: 'Geben Sie die zwei Ziffern ein, die Sie bei der Anmeldung sehen.',
    pin: 'Ihr PIN-Code',
    pinHint: 'Zum Bestätigen nötig, zum Ablehnen nicht.',
    pinWrong: 'Das ist nicht Ihr PIN-Code. Bitte geben Sie ihn noch einmal ein.',
    approve: 'Bestätigen',
    deny: 'Ablehnen',
  },

  approved: { title: 'Bestätigt', text: 'Machen Sie dort weiter, wo Sie sich anmelden.' },
  denied: {
    title: 'Abgelehnt',
    text: 'Mit dieser Anfrage kommt niemand hinein. Wenn Sie sich nicht anmelden wollten, ändern Sie Ihr Passwort und sagen Sie dem Helpdesk Bescheid.',
  },
  mismatched: {
    title: 'Die Zahl war nicht die richtige',
    text: 'Die Anfrage ist vorbei, und niemand kommt hinein. Wenn Sie sich selbst anmelden, versuchen Sie es dort noch einmal und vergleichen Sie die Zahl.',
  },
  gone: {
    title: 'Die Anfrage ist vorbei',
    text: 'Sie wurde schon beantwortet, hat zu lange gedauert oder ist durch eine neuere ersetzt. Wenn Sie sich noch anmelden wollen, versuchen Sie es dort noch einmal.',
  },
  locked: {
    title: 'Das Bestätigen ist eine Weile gesperrt',
    text: 'Zu viele Anfragen wurden abgelehnt oder sind gescheitert. Versuchen Sie es später, oder fragen Sie den Helpdesk.',
  },
  revoked: {
    title: 'Dieses Gerät darf nicht mehr verwendet werden',
    text: 'Es wurde entfernt oder abgeschaltet. Wenn Sie das nicht waren, sagen Sie dem Helpdesk Bescheid. Um es wieder zu verwenden, richten Sie es neu ein.',
  },
  offline: {
    title: 'Keine Verbindung',
    text: 'Der Server ist nicht zu erreichen. Die Seite versucht es von selbst wieder.',
  },
  back: 'Zurück',

  signal: {
    title: 'Eine Anmeldung wartet auf Sie',
    body: 'Öffnen, um sie zu sehen. Sie melden sich nicht an? Dann ablehnen.',
  },
};
