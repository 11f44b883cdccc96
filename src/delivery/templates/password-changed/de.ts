import type { MessageTemplate } from '../template.js';

export const de: MessageTemplate = {
  mail: {
    subject: 'Ihr Passwort für %ORGANISATION% wurde geändert',
    text: `Guten Tag %FULLNAME%,

das Passwort Ihres Kontos „%USERNAME%“ bei %ORGANISATION% wurde geändert.

Zeitpunkt: %TIME%
Von der Adresse: %ADDRESS%

Waren Sie das selbst? Dann brauchen Sie nichts weiter zu tun. Geräte und Programme, die Ihr altes Passwort gespeichert haben, werden nach dem neuen fragen.

Waren Sie es nicht? Dann hat vielleicht jemand anderes Zugang zu Ihrem Konto. Wenden Sie sich bitte sofort an den Helpdesk, telefonisch oder persönlich, und antworten Sie nicht auf diese Nachricht.

Diese Nachricht enthält absichtlich keinen Link. Der Helpdesk wird Sie niemals nach Ihrem Passwort fragen.`,
  },
  sms: `%ORGANISATION%: Das Passwort von %USERNAME% wurde geändert (%TIME%). Waren Sie das nicht? Bitte sofort den Helpdesk anrufen.`,
};
