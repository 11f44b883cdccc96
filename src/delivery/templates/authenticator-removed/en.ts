import type { MessageTemplate } from '../template.js';

export const en: MessageTemplate = {
  mail: {
    subject: 'A way to prove who you are was removed at %ORGANISATION%',
    text: `Hello %FULLNAME%,

Something that you could use to prove that it is you who signs in to your account “%USERNAME%” at %ORGANISATION% was removed.

Removed: %ITEM%
When: %TIME%
From the address: %ADDRESS%

If this was you, or the help desk on your behalf, there is nothing more to do.

If this was not you, contact the help desk right away, by phone or in person. Please do not wait, and do not reply to this message.`,
  },
  sms: `%ORGANISATION%: %ITEM% was removed for %USERNAME% on %TIME%. Not you? Call the help desk right away.`,
};
