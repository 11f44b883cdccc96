import type { MessageTemplate } from '../template.js';

export const fr: MessageTemplate = {
  mail: {
    subject: 'Connexion à %ORGANISATION%',
    button: 'Se connecter',
    text: `Bonjour %FULLNAME%,

Avec ce lien, vous vous connectez sans mot de passe à votre compte « %USERNAME% » chez %ORGANISATION%.

%LINK%

Le lien ne fonctionne qu’une seule fois, jusqu’au %EXPIRES%. Passé ce délai, demandez-en un autre.

Demandé par : %ADMIN%
Demandé par quelqu’un, depuis l’adresse : %ADDRESS%

Si vous n’avez pas demandé à vous connecter, n’utilisez pas le lien et prévenez le service d’assistance.

Merci de ne pas transférer ce message : quiconque possède le lien se connecte à votre place.`,
  },
  sms: `%ORGANISATION% : connectez-vous (%USERNAME%). Le lien marche une fois, jusqu'au %EXPIRES%. Pas demandé ? Ignorez-le.
%LINK%`,
};
