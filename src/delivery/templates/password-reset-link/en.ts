import type { MessageTemplate } from '../template.js';

export const en: MessageTemplate = {
  mail: {
    subject: 'Set a new password for %ORGANISATION%',
    button: 'Set a new password',
    text: `Hello %FULLNAME%,

The help desk asked us to send you this link. Use it to set a new password for your account “%USERNAME%” at %ORGANISATION%.

%LINK%

The link works once, until %EXPIRES%. If that is too late, ask the help desk for a new one.

Requested by: %ADMIN%
Note from the help desk: %COMMENTS%

If you did not ask for help with your password, do not use the link and let the help desk know. Your current password stays unchanged unless somebody uses the link.

Please do not forward this message: anyone who has the link can set your password.`,
  },
  sms: `%ORGANISATION%: the help desk sends you this link to set a new password (%USERNAME%). It works once, until %EXPIRES%. Did not ask for it? Tell the help desk.
%LINK%
%COMMENTS%`,
};
