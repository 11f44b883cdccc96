import type { MessageTemplate } from '../template.js';

export const de: MessageTemplate = {
  mail: {
    subject: 'Ihr Einmalcode für %ORGANISATION%',
    text: `Guten Tag %FULLNAME%,

hier ist der Einmalcode für Ihr Konto „%USERNAME%“ bei %ORGANISATION%.

%PASSCODE%

Er funktioniert einmal, bis %EXPIRES%.

Geben Sie ihn nur auf der Seite ein, auf der Sie ihn angefordert haben. Niemand von %ORGANISATION% und niemand vom Helpdesk wird Sie jemals danach fragen.

Wenn Sie keinen Code angefordert haben, versucht vielleicht jemand anderes, Ihr Konto zu benutzen. Geben Sie ihn nicht weiter, und melden Sie sich beim Helpdesk.`,
  },
  sms: `%PASSCODE% ist Ihr Einmalcode für %ORGANISATION%. Einmal gültig, bis %EXPIRES%. Niemandem mitteilen. Nicht angefordert? Bitte den Helpdesk anrufen.`,
};
