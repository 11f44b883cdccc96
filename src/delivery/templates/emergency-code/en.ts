import type { MessageTemplate } from '../template.js';

export const en: MessageTemplate = {
  mail: {
    subject: 'Your emergency code for %ORGANISATION%',
    text: `Hello %FULLNAME%,

Here is the emergency code that you asked for, for your account “%USERNAME%” at %ORGANISATION%.

%PASSCODE%

It works once, until %EXPIRES%, in place of your second factor, for the day when your phone or key is lost.

Write it down, keep it with your important papers, and delete this message: whoever reads it has your second factor. Nobody from %ORGANISATION%, and nobody at the help desk, will ever ask you for the code.

Asked for from the address: %ADDRESS%

If it was not you, somebody else is signed in to your account. Change your password at once, and let the help desk know.`,
  },
  sms: `%PASSCODE% is your emergency code for %ORGANISATION%. It works once, until %EXPIRES%. Tell it to nobody. Did not ask for it? Call the help desk.`,
};
