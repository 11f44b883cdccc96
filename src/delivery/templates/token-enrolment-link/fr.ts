import type { MessageTemplate } from '../template.js';

export const fr: MessageTemplate = {
  mail: {
    subject: 'Configurez votre authentificateur pour %ORGANISATION%',
    button: 'Configurer',
    text: `Bonjour %FULLNAME%,

L’assistance nous a demandé de vous envoyer ce lien. Il vous permet de configurer le moyen de prouver votre identité lorsque vous vous connectez à votre compte « %USERNAME% » chez %ORGANISATION%.

À configurer : %ITEM%

%LINK%

Le lien fonctionne une seule fois, jusqu’au %EXPIRES%. Si c’est trop tard, demandez-en un nouveau à l’assistance.

Demandé par : %ADMIN%
Note de l’assistance : %COMMENTS%

Si vous n’attendiez pas ce message, n’utilisez pas le lien et prévenez l’assistance. Rien ne change tant que personne ne l’utilise.

Veuillez ne pas transférer ce message : quiconque possède le lien pourrait configurer son propre appareil pour votre compte.`,
  },
  sms: `%ORGANISATION% : l'assistance vous envoie ce lien pour configurer votre authentificateur (%USERNAME%). Il fonctionne une fois, jusqu'au %EXPIRES%. Inattendu ? Prévenez l'assistance.
%LINK%
%COMMENTS%`,
};
