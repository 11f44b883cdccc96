import type { MessageTemplate } from '../template.js';

export const de: MessageTemplate = {
  mail: {
    subject: 'Anmeldung bei %ORGANISATION%',
    button: 'Anmelden',
    text: `Guten Tag %FULLNAME%,

mit diesem Link melden Sie sich ohne Passwort mit Ihrem Konto „%USERNAME%“ bei %ORGANISATION% an.

%LINK%

Der Link funktioniert nur einmal und nur bis %EXPIRES%. Danach fordern Sie bitte einen neuen an.

Angefordert von: %ADMIN%
Angefordert von jemandem, von der Adresse: %ADDRESS%

Wenn Sie sich nicht anmelden wollten, benutzen Sie den Link nicht und melden Sie sich beim Helpdesk.

Bitte leiten Sie diese Nachricht nicht weiter: Wer den Link hat, ist als Sie angemeldet.`,
  },
  sms: `%ORGANISATION%: Anmelden (%USERNAME%). Einmal gültig, bis %EXPIRES%. Nicht angefordert? Bitte ignorieren.
%LINK%`,
};
