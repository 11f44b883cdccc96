import { counting } from '../../../../core/web/language/plural.js';
import type { RequestTexts } from './en.js';

const count = counting('de');

export const de = {
  firstPassword: {
    service: 'Ihr Konto',
    title: 'Wählen Sie Ihr Passwort',
    account: 'Konto',
    save: 'Passwort speichern',
  },

  newPassword: {
    service: 'Passwort zurücksetzen',
    title: 'Wählen Sie ein neues Passwort',
    account: 'Konto',
    save: 'Passwort speichern',
  },

  unlock: {
    service: 'Ihr Konto',
    title: 'Konto entsperren',
    lead: 'Ihr Konto wurde nach zu vielen falschen Eingaben gesperrt. Hier können Sie es entsperren.',
    account: 'Konto',
    effect: 'Ihr Passwort bleibt, wie es ist.',
    unlock: 'Entsperren',
    unexpected:
      'Sie haben das nicht erwartet? Dann schließen Sie diese Seite. Solange Sie den Knopf nicht drücken, ändert sich nichts.',
  },

  logIn: {
    service: 'Anmeldung',
    title: 'Mit diesem Link anmelden',
    lead: 'Drücken Sie den Knopf, um sich auf diesem Gerät anzumelden. Der Link gilt einmal.',
    account: 'Konto',
    enter: 'Anmelden',
    unexpected:
      'Sie haben das nicht erwartet? Dann schließen Sie diese Seite. Solange Sie den Knopf nicht drücken, geschieht nichts.',
  },

  pin: {
    service: 'Bestätigung',
    title: 'Geben Sie Ihre PIN ein',
    lead: 'Wenn es ein solches Konto mit einer hinterlegten Adresse gibt, ist eine Nachricht mit einer PIN dorthin unterwegs. Geben Sie die PIN hier ein.',
    label: 'PIN',
    proceed: 'Weiter',
    wrong: (left) =>
      left === 0
        ? 'Diese PIN ist nicht richtig, und es gibt keinen weiteren Versuch. Bitte beginnen Sie von vorn.'
        : `Diese PIN ist nicht richtig. Sie haben noch ${count(left, { one: 'Versuch', other: 'Versuche' })}.`,
    missing:
      'Keine Nachricht? Sehen Sie im Spam-Ordner nach, oder beginnen Sie nach einigen Minuten noch einmal von vorn.',
  },

  receipt: {
    title: 'Sehen Sie in Ihr Postfach',
    texts: [
      'Wenn es ein solches Konto mit einer hinterlegten Adresse gibt, ist eine Nachricht dorthin unterwegs. Folgen Sie dem Link darin.',
      'Nach einigen Minuten ist nichts da? Sehen Sie im Spam-Ordner nach, oder fragen Sie Ihren Helpdesk.',
    ],
  },

  dead: {
    title: 'Das gilt nicht mehr',
    texts: [
      'Ein Link oder eine PIN gilt einmal und nur für eine bestimmte Zeit. Vielleicht wurde dies schon benutzt, ist abgelaufen oder wurde durch etwas Neueres ersetzt.',
      'Wenn Sie eine neuere Nachricht von uns haben, nehmen Sie bitte diese. Sonst gehen Sie zur Anmeldung: dort können Sie eine neue anfordern.',
    ],
    logIn: 'Zur Anmeldung',
  },

  done: {
    logIn: 'Anmelden',
    stillLocked: 'Ihr Konto ist noch gesperrt. Bitte lassen Sie es von Ihrem Helpdesk entsperren.',
    password: {
      service: 'Passwort',
      title: 'Ihr neues Passwort gilt',
      lead: 'Melden Sie sich von jetzt an überall damit an, wo Sie das alte benutzt haben.',
      points: [
        'Sie sind überall abgemeldet, und andere offene Links für Sie gelten nicht mehr.',
        'Wenn Sie einen zweiten Faktor benutzen, wird danach gefragt wie bisher.',
        'Wir schicken eine Nachricht über diese Änderung an Ihre hinterlegte Adresse. Das waren nicht Sie? Dann sagen Sie Ihrem Helpdesk Bescheid.',
      ],
    },
    unlocked: {
      service: 'Ihr Konto',
      title: 'Ihr Konto ist entsperrt',
      lead: 'Sie können sich wieder mit Ihrem Passwort anmelden.',
      points: [
        'Ihr Passwort ist dasselbe wie vorher. Wenn Sie es nicht mehr wissen, fordern Sie bei der Anmeldung ein neues an.',
      ],
    },
    closed: {
      service: 'Ihr Konto',
      title: 'Ihr Konto ist nicht offen',
      lead: 'Die falschen Eingaben zählen nicht mehr. Ihr Konto wurde aber geschlossen, und nur Ihr Helpdesk kann es wieder öffnen.',
      points: ['Ihr Passwort ist dasselbe wie vorher.'],
    },
  },
} satisfies RequestTexts;
