import type { MessageTemplate } from '../template.js';

export const en: MessageTemplate = {
  mail: {
    subject: 'Unlock your account at %ORGANISATION%',
    button: 'Unlock the account',
    text: `Hello %FULLNAME%,

Your account “%USERNAME%” at %ORGANISATION% may be locked after too many failed attempts. Open the link to unlock it; your password stays as it is.

%LINK%

The link works once, until %EXPIRES%. After that, ask for another one.

Asked for by: %ADMIN%
Asked for by somebody, from the address: %ADDRESS%

If it was not you, ignore this message. Nothing changes unless somebody uses the link.

Please do not forward this message: the link is meant for you alone.`,
  },
  sms: `%ORGANISATION%: unlock your account (%USERNAME%). The link works once, until %EXPIRES%. Not you? Ignore it.
%LINK%`,
};
