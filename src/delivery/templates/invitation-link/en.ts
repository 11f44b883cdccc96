import type { MessageTemplate } from '../template.js';

export const en: MessageTemplate = {
  mail: {
    subject: 'Your account at %ORGANISATION%',
    button: 'Choose a password',
    text: `Hello %FULLNAME%,

An account “%USERNAME%” at %ORGANISATION% is ready for you. Open the link to choose your password.

%LINK%

The link works once, until %EXPIRES%. If that is too late, ask whoever invited you for a new one.

Invited by: %ADMIN%

If you did not expect this, ignore this message.

Please do not forward this message: anyone who has the link can set your password.`,
  },
  sms: `%ORGANISATION%: your account %USERNAME% is ready. Choose a password; the link works once, until %EXPIRES%.
%LINK%`,
};
