import type { MessageTemplate } from '../template.js';

export const fr: MessageTemplate = {
  mail: {
    subject: 'Un moyen de prouver votre identité a été supprimé chez %ORGANISATION%',
    text: `Bonjour %FULLNAME%,

Un moyen qui vous permettait de prouver que c’est bien vous qui vous connectez à votre compte « %USERNAME% » chez %ORGANISATION% a été supprimé.

Supprimé : %ITEM%
Quand : %TIME%
Depuis l’adresse : %ADDRESS%

Si c’était vous, ou l’assistance pour vous, il n’y a rien d’autre à faire.

Si ce n’était pas vous, contactez l’assistance sans attendre, par téléphone ou en personne. N’attendez pas, et ne répondez pas à ce message.`,
  },
  sms: `%ORGANISATION% : %ITEM% a été supprimé pour %USERNAME% le %TIME%. Ce n'était pas vous ? Appelez l'assistance sans attendre.`,
};
