import type { MessageTemplate } from '../template.js';

export const en: MessageTemplate = {
  mail: {
    subject: 'A new way to prove who you are was set up at %ORGANISATION%',
    button: 'This was not me',
    text: `Hello %FULLNAME%,

Something new can now be used to prove that it is you who signs in to your account “%USERNAME%” at %ORGANISATION%.

Set up: %ITEM%
When: %TIME%
From the address: %ADDRESS%

If this was you, there is nothing more to do.

If this was not you, stop it with the link below and contact the help desk right away, by phone or in person.

%LINK%

We will never ask you for your password or for a code in a message.`,
  },
  sms: `%ORGANISATION%: %ITEM% was set up for %USERNAME% on %TIME%. Not you? Stop it here and call the help desk.
%LINK%`,
};
