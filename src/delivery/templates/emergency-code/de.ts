import type { MessageTemplate } from '../template.js';

export const de: MessageTemplate = {
  mail: {
    subject: 'Ihr Notfallcode für %ORGANISATION%',
    text: `Guten Tag %FULLNAME%,

hier ist der Notfallcode, den Sie für Ihr Konto „%USERNAME%“ bei %ORGANISATION% angefordert haben.

%PASSCODE%

Er gilt einmal, bis %EXPIRES%, anstelle Ihres zweiten Faktors, für den Tag, an dem Telefon oder Schlüssel verloren sind.

Schreiben Sie ihn auf, bewahren Sie ihn bei Ihren wichtigen Papieren auf, und löschen Sie diese Nachricht: Wer sie liest, hat Ihren zweiten Faktor. Niemand von %ORGANISATION% und niemand vom Helpdesk wird Sie jemals nach dem Code fragen.

Angefordert von der Adresse: %ADDRESS%

Wenn Sie das nicht waren, ist jemand anderes in Ihrem Konto angemeldet. Ändern Sie sofort Ihr Passwort, und melden Sie sich beim Helpdesk.`,
  },
  sms: `%PASSCODE% ist Ihr Notfallcode für %ORGANISATION%. Einmal gültig, bis %EXPIRES%. Niemandem mitteilen. Nicht angefordert? Bitte den Helpdesk anrufen.`,
};
