import type { MessageTemplate } from '../template.js';

export const en: MessageTemplate = {
  mail: {
    subject: 'Set a new password for %ORGANISATION%',
    button: 'Set a new password',
    text: `Hello %FULLNAME%,

A new password was asked for, because the one of your account “%USERNAME%” at %ORGANISATION% was forgotten or is to be replaced. Open the link to set it.

%LINK%

The link works once, until %EXPIRES%. After that, ask for another one.

Asked for by: %ADMIN%
Asked for by somebody, from the address: %ADDRESS%

If it was not you, ignore this message. Your current password stays unchanged unless somebody uses the link.

Please do not forward this message: anyone who has the link can set your password.`,
  },
  sms: `%ORGANISATION%: set a new password (%USERNAME%). The link works once, until %EXPIRES%. Not you? Ignore it.
%LINK%`,
};
