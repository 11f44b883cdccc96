import type { MessageTemplate } from '../template.js';

export const de: MessageTemplate = {
  mail: {
    subject: 'Der Code, der Ihren Token auf ein Gerät bringt (%ORGANISATION%)',
    text: `Guten Tag %FULLNAME%,

mit diesem Code kann Ihr Token für das Konto „%USERNAME%“ bei %ORGANISATION% auf Ihr Gerät gebracht werden.

%PASSCODE%

Er funktioniert einmal und bis %EXPIRES%.

Token: %ITEM%
Hier verwenden: %PAGE%

Geben Sie ihn nur dort ein, wo Sie Ihren Token angefordert haben. Niemand von %ORGANISATION% und niemand vom Helpdesk wird Sie jemals danach fragen. Wer den Code hat, kann Ihren Token bekommen. Wenn Sie ihn nicht angefordert haben, melden Sie sich beim Helpdesk.`,
  },
  sms: `%PASSCODE% bringt Ihren Token für %ORGANISATION% auf Ihr Gerät. Niemandem mitteilen. Nicht angefordert? Bitte den Helpdesk anrufen.
Token: %ITEM%
Gültig bis %EXPIRES%.
Hier verwenden: %PAGE%`,
};
