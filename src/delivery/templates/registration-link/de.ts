import type { MessageTemplate } from '../template.js';

export const de: MessageTemplate = {
  mail: {
    subject: 'Registrierung bei %ORGANISATION% bestätigen',
    button: 'Bestätigen und Passwort wählen',
    text: `Guten Tag %FULLNAME%,

jemand, vermutlich Sie selbst, hat mit dieser Mailadresse um das Konto „%USERNAME%“ bei %ORGANISATION% gebeten. Öffnen Sie den Link, um die Adresse zu bestätigen und ein Passwort zu wählen; erst dann wird das Konto angelegt.

%LINK%

Der Link funktioniert nur einmal und nur bis %EXPIRES%. Danach registrieren Sie sich bitte noch einmal.

Angefordert von der Adresse: %ADDRESS%

Wenn Sie das nicht waren, ignorieren Sie diese Nachricht. Ohne den Link wird kein Konto angelegt.

Bitte leiten Sie diese Nachricht nicht weiter: Wer den Link hat, kann das Konto anlegen.`,
  },
  sms: `%ORGANISATION%: Bestätigen Sie Ihre Registrierung als %USERNAME% und wählen Sie ein Passwort. Einmal gültig, bis %EXPIRES%. Nicht Sie? Bitte ignorieren.
%LINK%`,
};
