import type { MessageTemplate } from '../template.js';

export const de: MessageTemplate = {
  mail: {
    subject: 'Ihre PIN für %ORGANISATION%',
    text: `Guten Tag %FULLNAME%,

das ist die PIN, die für Ihr Konto „%USERNAME%“ bei %ORGANISATION% angefordert wurde.

%PIN%

Sie funktioniert einmal und bis %EXPIRES%.

Wofür sie ist: %ITEM%
Angefordert von: %ADMIN%
Angefordert von jemandem, von der Adresse: %ADDRESS%

Geben Sie sie nur dort ein, wo Sie jetzt danach gefragt werden. Niemand von %ORGANISATION% und niemand vom Helpdesk braucht sie in einer Mail oder einem Chat. Wenn Sie keine PIN erwarten, ignorieren Sie diese Nachricht: Ohne sie geschieht nichts.`,
  },
  sms: `%PIN% ist Ihre PIN für %ORGANISATION%. Nicht angefordert? Bitte ignorieren.
Wofür: %ITEM%
Gültig bis %EXPIRES%.`,
};
