import type { MessageTemplate } from '../template.js';

export const en: MessageTemplate = {
  mail: {
    subject: 'Set up your authenticator for %ORGANISATION%',
    button: 'Set up',
    text: `Hello %FULLNAME%,

The help desk asked us to send you this link. Use it to set up how you prove who you are when you sign in to your account “%USERNAME%” at %ORGANISATION%.

To be set up: %ITEM%

%LINK%

The link works once, until %EXPIRES%. If that is too late, ask the help desk for a new one.

Requested by: %ADMIN%
Note from the help desk: %COMMENTS%

If you did not expect this, do not use the link and let the help desk know. Nothing changes unless somebody uses it.

Please do not forward this message: anyone who has the link could set up their own device for your account.`,
  },
  sms: `%ORGANISATION%: the help desk sends you this link to set up your authenticator (%USERNAME%). It works once, until %EXPIRES%. Not expected? Tell the help desk.
%LINK%
%COMMENTS%`,
};
