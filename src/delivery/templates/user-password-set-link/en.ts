import type { MessageTemplate } from '../template.js';

export const en: MessageTemplate = {
  mail: {
    subject: 'Choose a password for %ORGANISATION%',
    button: 'Choose a password',
    text: `Hello %FULLNAME%,

Your account “%USERNAME%” at %ORGANISATION% is to get a password of your own choice. Open the link to choose it.

%LINK%

The link works once, until %EXPIRES%. After that, ask for another one.

Asked for by: %ADMIN%
Asked for by somebody, from the address: %ADDRESS%

If you did not expect this, do not use the link and let the help desk know. Nothing changes unless somebody uses the link.

Please do not forward this message: anyone who has the link can set your password.`,
  },
  sms: `%ORGANISATION%: choose a password (%USERNAME%). The link works once, until %EXPIRES%. Did not expect it? Ignore it.
%LINK%`,
};
