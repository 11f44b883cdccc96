import type { MessageTemplate } from '../template.js';

export const en: MessageTemplate = {
  mail: {
    subject: 'Your next one-time passcode for %ORGANISATION%',
    text: `Hello %FULLNAME%,

You have just logged on to your account “%USERNAME%” at %ORGANISATION%. Here is the passcode for your next log-on.

%PASSCODE%

It works once, until %EXPIRES%. When you ask for another one, that one counts.

Nobody from %ORGANISATION%, and nobody at the help desk, will ever ask you for it.

If it was not you who logged on, let the help desk know at once.`,
  },
  sms: `%PASSCODE% is the passcode for your next log-on at %ORGANISATION%. It works once, until %EXPIRES%. Tell it to nobody. Did not log on just now? Call the help desk.`,
};
