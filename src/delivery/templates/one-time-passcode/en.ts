import type { MessageTemplate } from '../template.js';

export const en: MessageTemplate = {
  mail: {
    subject: 'Your one-time passcode for %ORGANISATION%',
    text: `Hello %FULLNAME%,

Here is the one-time passcode for your account “%USERNAME%” at %ORGANISATION%.

%PASSCODE%

It works once, until %EXPIRES%.

Type it only on the page on which you asked for it. Nobody from %ORGANISATION%, and nobody at the help desk, will ever ask you for it.

If you did not ask for a passcode, somebody else may be trying to use your account. Do not pass it on, and let the help desk know.`,
  },
  sms: `%PASSCODE% is your one-time passcode for %ORGANISATION%. It works once, until %EXPIRES%. Tell it to nobody. Did not ask for it? Call the help desk.`,
};
