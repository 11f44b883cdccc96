import type { MessageTemplate } from '../template.js';

export const en: MessageTemplate = {
  mail: {
    subject: 'Confirm your registration at %ORGANISATION%',
    button: 'Confirm and choose a password',
    text: `Hello %FULLNAME%,

Somebody, probably you, asked for the account “%USERNAME%” at %ORGANISATION% with this mail address. Open the link to confirm the address and to choose a password; the account is made then.

%LINK%

The link works once, until %EXPIRES%. After that, register again.

Asked for from the address: %ADDRESS%

If it was not you, ignore this message. No account is made unless somebody uses the link.

Please do not forward this message: anyone who has the link can make the account.`,
  },
  sms: `%ORGANISATION%: confirm your registration as %USERNAME% and choose a password. The link works once, until %EXPIRES%. Not you? Ignore it.
%LINK%`,
};
