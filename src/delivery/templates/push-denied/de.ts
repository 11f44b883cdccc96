import type { MessageTemplate } from '../template.js';

export const de: MessageTemplate = {
  mail: {
    subject: 'Bei %ORGANISATION% wurde eine Anmeldung abgelehnt',
    text: `Guten Tag %FULLNAME%,

jemand hat versucht, sich mit Ihrem Konto „%USERNAME%“ bei %ORGANISATION% anzumelden; auf Ihrem Gerät wurde das abgelehnt.

Anwendung: %APPLICATION%
Wann: %TIME%
Von der Adresse: %ADDRESS%

Wenn Sie aus Versehen abgelehnt haben, melden Sie sich einfach noch einmal an. Sonst ist nichts zu tun.

Wenn nicht Sie sich anmelden wollten, kennt vielleicht jemand Ihr Passwort. Ändern Sie es, und sagen Sie dem Helpdesk Bescheid. Bestätigen Sie nie eine Anfrage, die Sie nicht selbst ausgelöst haben.`,
  },
  sms: `%ORGANISATION%: Anmeldung an %APPLICATION% als %USERNAME% am %TIME% auf Ihrem Gerät abgelehnt. Waren Sie das nicht? Passwort ändern und Helpdesk anrufen.`,
};
