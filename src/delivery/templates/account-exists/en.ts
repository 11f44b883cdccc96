import type { MessageTemplate } from '../template.js';

export const en: MessageTemplate = {
  mail: {
    subject: 'You already have an account at %ORGANISATION%',
    text: `Hello %FULLNAME%,

Somebody, probably you, tried to register at %ORGANISATION% with this mail address. It belongs to your account “%USERNAME%” already, so no other one was made.

If it was you, log in as “%USERNAME%”. If you do not remember the password, choose “Forgot password” where you log in.

Asked for from the address: %ADDRESS%

If it was not you, there is nothing to do.`,
  },
  sms: `%ORGANISATION%: this address has the account %USERNAME% already, so no other one was made.`,
};
