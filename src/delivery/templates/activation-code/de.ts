import type { MessageTemplate } from '../template.js';

export const de: MessageTemplate = {
  mail: {
    subject: 'Der Code, der Ihren Token für %ORGANISATION% aktiviert',
    text: `Guten Tag %FULLNAME%,

Ihrem Konto „%USERNAME%“ bei %ORGANISATION% wurde ein Token zugewiesen. Er funktioniert, sobald Sie diesen Code zurückgegeben haben.

%PASSCODE%

Der Code gilt bis %EXPIRES%.

Token: %ITEM%
Hier verwenden: %PAGE%

Niemand von %ORGANISATION% und niemand vom Helpdesk wird Sie jemals nach dem Code fragen. Wenn Sie keinen Token erwarten, geben Sie den Code nicht weiter, und melden Sie sich beim Helpdesk.`,
  },
  sms: `%PASSCODE% aktiviert Ihren Token für %ORGANISATION%. Niemandem mitteilen. Nicht erwartet? Bitte den Helpdesk anrufen.
Token: %ITEM%
Gültig bis %EXPIRES%.
Hier verwenden: %PAGE%`,
};
