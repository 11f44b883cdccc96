import type { MessageTemplate } from '../template.js';

export const de: MessageTemplate = {
  mail: {
    subject: 'Neues Passwort für %ORGANISATION% festlegen',
    button: 'Neues Passwort festlegen',
    text: `Guten Tag %FULLNAME%,

der Helpdesk hat uns gebeten, Ihnen diesen Link zu schicken. Damit können Sie für Ihr Konto „%USERNAME%“ bei %ORGANISATION% ein neues Passwort festlegen.

%LINK%

Der Link funktioniert nur einmal und nur bis %EXPIRES%. Ist er abgelaufen, bitten Sie den Helpdesk um einen neuen.

Angefordert von: %ADMIN%
Mitteilung des Helpdesks: %COMMENTS%

Wenn Sie keine Hilfe mit Ihrem Passwort angefordert haben, benutzen Sie den Link nicht und melden Sie sich beim Helpdesk. Ihr jetziges Passwort bleibt unverändert, solange niemand den Link benutzt.

Bitte leiten Sie diese Nachricht nicht weiter: Wer den Link hat, kann Ihr Passwort festlegen.`,
  },
  sms: `%ORGANISATION%: Der Helpdesk schickt Ihnen diesen Link für ein neues Passwort (%USERNAME%). Einmal gültig, bis %EXPIRES%. Nicht angefordert? Bitte den Helpdesk informieren.
%LINK%
%COMMENTS%`,
};
