import type { MessageTemplate } from '../template.js';

export const de: MessageTemplate = {
  mail: {
    subject: 'Neues Passwort für %ORGANISATION% festlegen',
    button: 'Neues Passwort festlegen',
    text: `Guten Tag %FULLNAME%,

für Ihr Konto „%USERNAME%“ bei %ORGANISATION% wurde ein neues Passwort angefordert, weil das bisherige vergessen wurde oder ersetzt werden soll. Öffnen Sie den Link, um es festzulegen.

%LINK%

Der Link funktioniert nur einmal und nur bis %EXPIRES%. Danach fordern Sie bitte einen neuen an.

Angefordert von: %ADMIN%
Angefordert von jemandem, von der Adresse: %ADDRESS%

Wenn Sie das nicht waren, ignorieren Sie diese Nachricht. Ihr jetziges Passwort bleibt unverändert, solange niemand den Link benutzt.

Bitte leiten Sie diese Nachricht nicht weiter: Wer den Link hat, kann Ihr Passwort festlegen.`,
  },
  sms: `%ORGANISATION%: Neues Passwort festlegen (%USERNAME%). Einmal gültig, bis %EXPIRES%. Nicht Sie? Bitte ignorieren.
%LINK%`,
};
