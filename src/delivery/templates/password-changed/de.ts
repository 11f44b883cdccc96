import type { MessageTemplate } from '../template.js';

export const de: MessageTemplate = {
  mail: {
    subject: 'Ihr Passwort für %ORGANISATION% wurde geändert',
    text: `Guten Tag %FULLNAME%,

das Passwort Ihres Kontos „%USERNAME%“ bei %ORGANISATION% wurde geändert.

Zeitpunkt: %TIME%
Von der Adresse: %ADDRESS%

Wenn Sie das selbst waren, brauchen Sie nichts weiter zu tun. Geräte und Programme, die noch das alte Passwort gespeichert haben, werden nach dem neuen fragen.

Wenn Sie es nicht waren, hat möglicherweise jemand anderes Zugang zu Ihrem Konto. Wenden Sie sich bitte sofort an den Helpdesk, telefonisch oder persönlich. Warten Sie nicht ab, und antworten Sie nicht auf diese Nachricht.

Diese Nachricht enthält absichtlich keinen Link. Der Helpdesk wird Sie niemals nach Ihrem Passwort fragen.`,
  },
  sms: `%ORGANISATION%: Ihr Passwort (%USERNAME%) wurde geändert: %TIME%. Waren Sie das nicht? Bitte sofort den Helpdesk anrufen.`,
};
