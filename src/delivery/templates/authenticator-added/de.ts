import type { MessageTemplate } from '../template.js';

export const de: MessageTemplate = {
  mail: {
    subject: 'Bei %ORGANISATION% wurde ein neuer Nachweis eingerichtet',
    button: 'Das war nicht ich',
    text: `Guten Tag %FULLNAME%,

bei der Anmeldung an Ihrem Konto „%USERNAME%“ bei %ORGANISATION% kann man sich jetzt mit etwas Neuem ausweisen.

Eingerichtet: %ITEM%
Wann: %TIME%
Von der Adresse: %ADDRESS%

Wenn Sie das waren, ist nichts weiter zu tun.

Wenn Sie das nicht waren, sperren Sie es mit dem Link hier unten und wenden Sie sich sofort an den Helpdesk, telefonisch oder persönlich.

%LINK%

Wir fragen in Nachrichten nie nach Ihrem Passwort oder nach einem Code.`,
  },
  sms: `%ORGANISATION%: %ITEM% wurde für %USERNAME% eingerichtet, %TIME%. Nicht Sie? Hier sperren und den Helpdesk anrufen.
%LINK%`,
};
