import type { MessageTemplate } from '../template.js';

export const en: MessageTemplate = {
  mail: {
    subject: 'The code that activates your token for %ORGANISATION%',
    text: `Hello %FULLNAME%,

A token was assigned to your account “%USERNAME%” at %ORGANISATION%. It works once you have given this code back.

%PASSCODE%

The code works until %EXPIRES%.

Token: %ITEM%
Where to use it: %PAGE%

Nobody from %ORGANISATION%, and nobody at the help desk, will ever ask you for the code. If you did not expect a token, do not pass the code on, and let the help desk know.`,
  },
  sms: `%PASSCODE% activates your token for %ORGANISATION%. Tell it to nobody. Did not expect it? Call the help desk.
Token: %ITEM%
It works until %EXPIRES%.
Use it here: %PAGE%`,
};
