import type { MessageTemplate } from '../template.js';

export const de: MessageTemplate = {
  mail: {
    subject: 'Richten Sie Ihren Authentifikator für %ORGANISATION% ein',
    button: 'Einrichten',
    text: `Guten Tag %FULLNAME%,

der Helpdesk hat uns gebeten, Ihnen diesen Link zu senden. Damit richten Sie ein, womit Sie sich bei der Anmeldung an Ihrem Konto „%USERNAME%“ bei %ORGANISATION% ausweisen.

Eingerichtet wird: %ITEM%

%LINK%

Der Link funktioniert einmal, bis %EXPIRES%. Wenn das zu knapp ist, bitten Sie den Helpdesk um einen neuen.

Angefordert von: %ADMIN%
Hinweis vom Helpdesk: %COMMENTS%

Wenn Sie das nicht erwartet haben, verwenden Sie den Link nicht und sagen Sie dem Helpdesk Bescheid. Es ändert sich nichts, solange niemand den Link verwendet.

Bitte leiten Sie diese Nachricht nicht weiter: Wer den Link hat, könnte ein eigenes Gerät für Ihr Konto einrichten.`,
  },
  sms: `%ORGANISATION%: Der Helpdesk sendet Ihnen diesen Link, um Ihren Authentifikator einzurichten (%USERNAME%). Er gilt einmal, bis %EXPIRES%. Nicht erwartet? Bitte dem Helpdesk melden.
%LINK%
%COMMENTS%`,
};
