import type { MessageTemplate } from '../template.js';

export const de: MessageTemplate = {
  mail: {
    subject: 'Neues Passwort für %ORGANISATION% festlegen',
    button: 'Neues Passwort festlegen',
    text: `Guten Tag %FULLNAME%,

jemand, vermutlich Sie selbst, hat angegeben, das Passwort Ihres Kontos „%USERNAME%“ bei %ORGANISATION% vergessen zu haben. Öffnen Sie den Link, um ein neues festzulegen.

%LINK%

Der Link funktioniert nur einmal und nur bis %EXPIRES%. Danach fordern Sie bitte einen neuen an.

Angefordert von der Adresse: %ADDRESS%

Wenn Sie das nicht waren, ignorieren Sie diese Nachricht. Ihr jetziges Passwort bleibt unverändert, solange niemand den Link benutzt.

Bitte leiten Sie diese Nachricht nicht weiter: Wer den Link hat, kann Ihr Passwort festlegen.`,
  },
  sms: `%ORGANISATION%: Neues Passwort festlegen (%USERNAME%). Einmal gültig, bis %EXPIRES%. Nicht Sie? Bitte ignorieren.
%LINK%`,
};
