import type { MessageTemplate } from '../template.js';

export const fr: MessageTemplate = {
  mail: {
    subject: 'Un nouveau moyen de prouver votre identité a été configuré chez %ORGANISATION%',
    button: 'Ce n’était pas moi',
    text: `Bonjour %FULLNAME%,

Un nouveau moyen permet désormais de prouver que c’est bien vous qui vous connectez à votre compte « %USERNAME% » chez %ORGANISATION%.

Configuré : %ITEM%
Quand : %TIME%
Depuis l’adresse : %ADDRESS%

Si c’était vous, il n’y a rien d’autre à faire.

Si ce n’était pas vous, bloquez-le avec le lien ci-dessous et contactez l’assistance sans attendre, par téléphone ou en personne.

%LINK%

Nous ne vous demanderons jamais votre mot de passe ni un code dans un message.`,
  },
  sms: `%ORGANISATION% : %ITEM% a été configuré pour %USERNAME% le %TIME%. Ce n'était pas vous ? Bloquez-le ici et appelez l'assistance.
%LINK%`,
};
