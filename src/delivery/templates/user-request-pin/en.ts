import type { MessageTemplate } from '../template.js';

export const en: MessageTemplate = {
  mail: {
    subject: 'Your PIN for %ORGANISATION%',
    text: `Hello %FULLNAME%,

This is the PIN that was asked for your account “%USERNAME%” at %ORGANISATION%.

%PIN%

It works once, and until %EXPIRES%.

What it is for: %ITEM%
Asked for by: %ADMIN%
Asked for by somebody, from the address: %ADDRESS%

Type it only where you are asked for it now. Nobody from %ORGANISATION%, and nobody at the help desk, needs it in a mail or a chat. If you expect no PIN, ignore this message: without it, nothing happens.`,
  },
  sms: `%PIN% is your PIN for %ORGANISATION%. Did not ask for it? Ignore it.
What it is for: %ITEM%
It works until %EXPIRES%.`,
};
