import type { MessageTemplate } from '../template.js';

export const de: MessageTemplate = {
  mail: {
    subject: 'Sie haben bereits ein Konto bei %ORGANISATION%',
    text: `Guten Tag %FULLNAME%,

jemand, vermutlich Sie selbst, wollte sich mit dieser Mailadresse bei %ORGANISATION% registrieren. Sie gehört bereits zu Ihrem Konto „%USERNAME%“, deshalb wurde kein weiteres angelegt.

Wenn Sie das waren, melden Sie sich als „%USERNAME%“ an. Wissen Sie das Passwort nicht mehr, wählen Sie bei der Anmeldung „Passwort vergessen“.

Angefordert von der Adresse: %ADDRESS%

Wenn Sie das nicht waren, brauchen Sie nichts zu tun.`,
  },
  sms: `%ORGANISATION%: Diese Adresse hat bereits das Konto %USERNAME%, es wurde kein weiteres angelegt.`,
};
