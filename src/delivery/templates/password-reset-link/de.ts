import type { MessageTemplate } from '../template.js';

export const de: MessageTemplate = {
  mail: {
    subject: 'Neues Passwort für %ORGANISATION% festlegen',
    button: 'Neues Passwort festlegen',
    text: `Guten Tag %FULLNAME%,

der Helpdesk hat uns gebeten, Ihnen diesen Link zu schicken. Damit können Sie für Ihr Konto „%USERNAME%“ bei %ORGANISATION% ein neues Passwort festlegen.

%LINK%

Der Link funktioniert einmal, und zwar bis %EXPIRES%. Ist er abgelaufen, bitten Sie den Helpdesk um einen neuen.

Angefordert von: %ADMIN%
Hinweis des Helpdesks: %COMMENTS%

Sie haben gar keine Hilfe mit Ihrem Passwort verlangt? Dann benutzen Sie den Link nicht und melden Sie sich beim Helpdesk. Solange niemand den Link benutzt, bleibt Ihr jetziges Passwort unverändert.

Bitte leiten Sie diese Nachricht nicht weiter: Wer den Link hat, könnte Ihr Passwort festlegen.`,
  },
  sms: `%ORGANISATION%: Link vom Helpdesk für ein neues Passwort (Konto %USERNAME%). Einmal gültig, bis %EXPIRES%. Nicht angefordert? Bitte den Helpdesk informieren.
%LINK%
%COMMENTS%`,
};
