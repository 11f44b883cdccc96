import type { MessageTemplate } from '../template.js';

export const en: MessageTemplate = {
  mail: {
    subject: 'Your password for %ORGANISATION% was changed',
    text: `Hello %FULLNAME%,

The password of your account “%USERNAME%” at %ORGANISATION% was changed.

When: %TIME%
From the address: %ADDRESS%

If this was you, there is nothing more to do. Devices and programs that still have your old password will ask for the new one.

If this was not you, somebody else may have access to your account. Contact the help desk right away, by phone or in person. Please do not wait, and do not reply to this message.

This message contains no link on purpose. The help desk will never ask you for your password.`,
  },
  sms: `%ORGANISATION%: your password (%USERNAME%) was changed on %TIME%. Not you? Call the help desk right away.`,
};
