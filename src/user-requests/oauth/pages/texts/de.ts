import type { OAuthTexts } from './en.js';

export const de: OAuthTexts = {
  service: 'Zugriff für eine Anwendung',

  consent: {
    title: (consumer) => `Darf ${consumer} für Sie handeln?`,
    lead: (consumer) => `Die Anwendung ${consumer} bittet um Zugriff in Ihrem Namen.`,
    application: 'Anwendung',
    account: 'Ihr Konto',
    returns: 'Führt zurück zu',
    nowhere: 'nirgendwohin; Sie kehren selbst zurück',
    may: (consumer) => `Mit Ihrer Zustimmung darf ${consumer}`,
    rights: {
      person: () => ['sehen, was hier über Sie gespeichert ist, etwa Ihren Namen und Ihre Adressen'],
      'user-manager': (domain) => [
        'sehen, was hier über Sie gespeichert ist',
        `die Personen von ${domain} sehen`,
        'ihnen Links schicken, mit denen sie ein Passwort setzen oder ihr Konto entsperren',
      ],
      'domain-admin': (domain) => [
        'sehen, was hier über Sie gespeichert ist',
        `die Personen von ${domain} sehen, anlegen und ändern`,
        'sich als eine von ihnen anmelden, Passwörter setzen und Konten entsperren',
      ],
      'global-admin': () => [
        'sehen, was hier über Sie gespeichert ist',
        'die Personen aller Domänen sehen, anlegen und ändern',
        'sich als jede beliebige von ihnen anmelden, Passwörter setzen und Konten entsperren',
      ],
    },
    ends: (span) =>
      span === undefined
        ? 'Der Zugriff endet, wenn Sie Ihr Passwort ändern.'
        : `Der Zugriff endet nach ${span}, und vorher, wenn Sie Ihr Passwort ändern.`,
    ownDoing: (consumer) =>
      `Stimmen Sie nur zu, wenn Sie dies eben selbst in ${consumer} begonnen haben. Hat Sie jemand hierher geschickt, lehnen Sie ab.`,
    allow: 'Zustimmen',
    deny: 'Ablehnen',
    notYou: 'Das ist nicht Ihr Konto? Dann lehnen Sie ab und melden sich zuerst ab.',
  },

  granted: {
    title: 'Zugriff erlaubt',
    texts: (consumer) => [
      `${consumer} darf nun für Sie handeln. Sie können dorthin zurückkehren und diese Seite schließen.`,
    ],
    carry: (consumer) => `Geben Sie diesen Code in ${consumer} ein; er wird nur hier gezeigt:`,
  },

  denied: {
    title: 'Zugriff abgelehnt',
    texts: (consumer) => [
      `${consumer} hat keinen Zugriff erhalten. Sie können dorthin zurückkehren und diese Seite schließen.`,
    ],
  },

  otherDomain: {
    title: 'Diese Anwendung ist für andere Personen',
    texts: (consumer, here, login) => [
      `${consumer} arbeitet für Personen von ${here}. Sie sind als ${login} angemeldet.`,
    ],
    link: 'Mit einem anderen Konto anmelden',
  },

  ended: {
    title: 'Diese Anfrage ist vorbei',
    texts: [
      'Jemand hat bereits über sie entschieden, oder sie ist mehr als eine Viertelstunde alt.',
      'Kehren Sie zur Anwendung zurück und beginnen Sie dort von vorn.',
    ],
  },
};
