import type { MessageTemplate } from '../template.js';

export const de: MessageTemplate = {
  mail: {
    subject: 'Bei %ORGANISATION% wurde ein Nachweis entfernt',
    text: `Guten Tag %FULLNAME%,

etwas, womit Sie sich bei der Anmeldung an Ihrem Konto „%USERNAME%“ bei %ORGANISATION% ausweisen konnten, wurde entfernt.

Entfernt: %ITEM%
Wann: %TIME%
Von der Adresse: %ADDRESS%

Wenn Sie das waren oder der Helpdesk für Sie, ist nichts weiter zu tun.

Wenn Sie das nicht waren, wenden Sie sich sofort an den Helpdesk, telefonisch oder persönlich. Bitte warten Sie nicht und antworten Sie nicht auf diese Nachricht.`,
  },
  sms: `%ORGANISATION%: %ITEM% wurde für %USERNAME% entfernt, %TIME%. Nicht Sie? Bitte sofort den Helpdesk anrufen.`,
};
