import type { MessageTemplate } from '../template.js';

export const de: MessageTemplate = {
  mail: {
    subject: 'Ihr Konto bei %ORGANISATION% entsperren',
    button: 'Konto entsperren',
    text: `Guten Tag %FULLNAME%,

Ihr Konto „%USERNAME%“ bei %ORGANISATION% ist vielleicht nach zu vielen Fehlversuchen gesperrt. Öffnen Sie den Link, um es zu entsperren; Ihr Passwort bleibt, wie es ist.

%LINK%

Der Link funktioniert nur einmal und nur bis %EXPIRES%. Danach fordern Sie bitte einen neuen an.

Angefordert von: %ADMIN%
Angefordert von jemandem, von der Adresse: %ADDRESS%

Wenn Sie das nicht waren, ignorieren Sie diese Nachricht. Es ändert sich nichts, solange niemand den Link benutzt.

Bitte leiten Sie diese Nachricht nicht weiter: Der Link ist nur für Sie bestimmt.`,
  },
  sms: `%ORGANISATION%: Konto entsperren (%USERNAME%). Einmal gültig, bis %EXPIRES%. Nicht Sie? Bitte ignorieren.
%LINK%`,
};
