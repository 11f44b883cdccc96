import type { MessageTemplate } from '../template.js';

export const de: MessageTemplate = {
  mail: {
    subject: 'Ihr nächster Einmalcode für %ORGANISATION%',
    text: `Guten Tag %FULLNAME%,

Sie haben sich gerade mit Ihrem Konto „%USERNAME%“ bei %ORGANISATION% angemeldet. Hier ist der Code für Ihre nächste Anmeldung.

%PASSCODE%

Er funktioniert einmal, bis %EXPIRES%. Wenn Sie einen anderen anfordern, gilt jener.

Niemand von %ORGANISATION% und niemand vom Helpdesk wird Sie jemals danach fragen.

Wenn nicht Sie sich angemeldet haben, melden Sie sich sofort beim Helpdesk.`,
  },
  sms: `%PASSCODE% ist der Code für Ihre nächste Anmeldung bei %ORGANISATION%. Einmal gültig, bis %EXPIRES%. Niemandem mitteilen. Eben nicht angemeldet? Bitte den Helpdesk anrufen.`,
};
