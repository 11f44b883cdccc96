import type { PasswordResetTexts } from './en.js';

export const de = {
  service: 'Passwort zurücksetzen',

  landing: {
    title: 'Neues Passwort festlegen',
    lead: (domain) =>
      `Hier können Sie ein neues Passwort für Ihr Konto bei ${domain} festlegen. Es dauert etwa eine Minute.`,
  },

  password: {
    title: 'Wählen Sie ein neues Passwort',
    account: 'Konto',
    save: 'Passwort speichern',
  },

  done: {
    title: 'Ihr neues Passwort gilt',
    lead: 'Melden Sie sich von jetzt an überall damit an, wo Sie das alte benutzt haben.',
    stillLocked: 'Ihr Konto ist noch gesperrt. Bitte lassen Sie es von Ihrem Helpdesk entsperren.',
    nextHeading: 'Gut zu wissen',
    devices: 'Telefone und Mailprogramme, die Ihr altes Passwort kennen, werden nach dem neuen fragen.',
    links: 'Der benutzte Link und alle anderen Links zum Zurücksetzen gelten nicht mehr.',
    notice:
      'Wir schicken eine Nachricht über diese Änderung an Ihre hinterlegte Adresse. Das waren nicht Sie? Dann sagen Sie Ihrem Helpdesk Bescheid.',
    close: 'Sie können diese Seite jetzt schließen.',
  },

  ended: {
    title: 'Diese Seite ist geschlossen',
    texts: [
      'Sie schließt sich, wenn eine Weile nichts geschehen ist, nach mehreren falschen Eingaben und wenn ein neues Passwort festgelegt wurde.',
      'Wenn Sie gerade ein neues Passwort gespeichert haben, dann gilt es: Bitte melden Sie sich damit an. Wenn nicht, lassen Sie sich von Ihrem Helpdesk einen neuen Link schicken.',
    ],
  },
} satisfies PasswordResetTexts;
