import type { MessageTemplate } from '../template.js';

export const en: MessageTemplate = {
  mail: {
    subject: 'Set a new password for %ORGANISATION%',
    button: 'Set a new password',
    text: `Hello %FULLNAME%,

The help desk asked us to send you this link. With it you can set a new password for your account “%USERNAME%” at %ORGANISATION%.

%LINK%

The link works once, until %EXPIRES%. If you are too late, ask the help desk for a new one.

Asked by: %ADMIN%
Note from the help desk: %COMMENTS%

You did not ask for help with your password? Then do not use the link, and tell the help desk. Your present password stays as it is for as long as nobody uses the link.

Please do not pass this message on: whoever has the link could set your password.`,
  },
  sms: `%ORGANISATION%: link from the help desk to set a new password for %USERNAME%. Works once, until %EXPIRES%. Not asked for? Tell the help desk.
%LINK%
%COMMENTS%`,
};
