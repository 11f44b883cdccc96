import type { MessageTemplate } from '../template.js';

export const de: MessageTemplate = {
  mail: {
    subject: 'Ihr Konto bei %ORGANISATION%',
    button: 'Passwort wählen',
    text: `Guten Tag %FULLNAME%,

für Sie wurde bei %ORGANISATION% das Konto „%USERNAME%“ eingerichtet. Öffnen Sie den Link, um Ihr Passwort zu wählen.

%LINK%

Der Link funktioniert nur einmal und nur bis %EXPIRES%. Ist er abgelaufen, bitten Sie die Person, die Sie eingeladen hat, um einen neuen.

Eingeladen von: %ADMIN%

Wenn Sie das nicht erwartet haben, ignorieren Sie diese Nachricht.

Bitte leiten Sie diese Nachricht nicht weiter: Wer den Link hat, kann Ihr Passwort festlegen.`,
  },
  sms: `%ORGANISATION%: Ihr Konto %USERNAME% ist eingerichtet. Wählen Sie ein Passwort; einmal gültig, bis %EXPIRES%.
%LINK%`,
};
