import type { MessageTemplate } from '../template.js';

export const en: MessageTemplate = {
  mail: {
    subject: 'Log in to %ORGANISATION%',
    button: 'Log in',
    text: `Hello %FULLNAME%,

With this link you log in to your account “%USERNAME%” at %ORGANISATION%, without a password.

%LINK%

The link works once, until %EXPIRES%. After that, ask for another one.

Asked for by: %ADMIN%
Asked for by somebody, from the address: %ADDRESS%

If you did not ask to log in, do not use the link and let the help desk know.

Please do not forward this message: anyone who has the link is logged in as you.`,
  },
  sms: `%ORGANISATION%: log in (%USERNAME%). The link works once, until %EXPIRES%. Did not ask for it? Ignore it.
%LINK%`,
};
