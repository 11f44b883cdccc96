import type { MessageTemplate } from '../template.js';

export const en: MessageTemplate = {
  mail: {
    subject: 'A sign-in was declined at %ORGANISATION%',
    text: `Hello %FULLNAME%,

Somebody tried to sign in to your account “%USERNAME%” at %ORGANISATION%, and it was declined on your device.

Application: %APPLICATION%
When: %TIME%
From the address: %ADDRESS%

If you declined it by mistake, sign in again. There is nothing more to do.

If it was not you who tried to sign in, somebody may know your password. Change it, and let the help desk know. Never approve a request that you did not cause yourself.`,
  },
  sms: `%ORGANISATION%: a sign-in to %APPLICATION% as %USERNAME% was declined on your device on %TIME%. Not you who tried? Change your password and call the help desk.`,
};
