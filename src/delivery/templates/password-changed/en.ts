import type { MessageTemplate } from '../template.js';

export const en: MessageTemplate = {
  mail: {
    subject: 'Your password for %ORGANISATION% was changed',
    text: `Hello %FULLNAME%,

The password of your account “%USERNAME%” at %ORGANISATION% has been changed.

When: %TIME%
From the address: %ADDRESS%

That was you? Then there is nothing to do. Devices and programs that remember your old password will ask for the new one.

That was not you? Then somebody else may have access to your account. Tell the help desk at once, by telephone or in person. Please do not wait, and do not answer this message.

This message holds no link on purpose. Nobody from the help desk will ever ask you for your password.`,
  },
  sms: `%ORGANISATION%: the password of %USERNAME% was changed on %TIME%. Not you? Call the help desk at once.`,
};
