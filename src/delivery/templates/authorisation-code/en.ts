import type { MessageTemplate } from '../template.js';

export const en: MessageTemplate = {
  mail: {
    subject: 'The code that puts your token on a device (%ORGANISATION%)',
    text: `Hello %FULLNAME%,

With this code, your token for the account “%USERNAME%” at %ORGANISATION% can be put on your device.

%PASSCODE%

It works once, and until %EXPIRES%.

Token: %ITEM%
Where to use it: %PAGE%

Type it only where you asked for your token. Nobody from %ORGANISATION%, and nobody at the help desk, will ever ask you for it. Whoever has the code can have your token. If you did not ask for it, let the help desk know.`,
  },
  sms: `%PASSCODE% puts your token for %ORGANISATION% on your device. Tell it to nobody. Did not ask for it? Call the help desk.
Token: %ITEM%
It works until %EXPIRES%.
Use it here: %PAGE%`,
};
