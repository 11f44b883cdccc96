import type { MessageTemplate } from '../template.js';

export const en: MessageTemplate = {
  mail: {
    subject: 'Sign in to %ORGANISATION%',
    button: 'Sign in',
    text: `Hello %FULLNAME%,

With this link you sign in to your account “%USERNAME%” at %ORGANISATION%, without a password.

%LINK%

The link works once, until %EXPIRES%. After that, ask for another one.

Asked for by: %ADMIN%
Asked for by somebody, from the address: %ADDRESS%

If you did not ask to sign in, do not use the link and let the help desk know.

Please do not forward this message: anyone who has the link is signed in as you.`,
  },
  sms: `%ORGANISATION%: sign in (%USERNAME%). The link works once, until %EXPIRES%. Did not ask for it? Ignore it.
%LINK%`,
};
