import type { MessageTemplate } from '../template.js';

export const de: MessageTemplate = {
  mail: {
    subject: 'Passwort für %ORGANISATION% wählen',
    button: 'Passwort wählen',
    text: `Guten Tag %FULLNAME%,

für Ihr Konto „%USERNAME%“ bei %ORGANISATION% sollen Sie selbst ein Passwort wählen. Öffnen Sie dazu den Link.

%LINK%

Der Link funktioniert nur einmal und nur bis %EXPIRES%. Danach fordern Sie bitte einen neuen an.

Angefordert von: %ADMIN%
Angefordert von jemandem, von der Adresse: %ADDRESS%

Wenn Sie das nicht erwartet haben, benutzen Sie den Link nicht und melden Sie sich beim Helpdesk. Es ändert sich nichts, solange niemand den Link benutzt.

Bitte leiten Sie diese Nachricht nicht weiter: Wer den Link hat, kann Ihr Passwort festlegen.`,
  },
  sms: `%ORGANISATION%: Passwort wählen (%USERNAME%). Einmal gültig, bis %EXPIRES%. Nicht erwartet? Bitte ignorieren.
%LINK%`,
};
