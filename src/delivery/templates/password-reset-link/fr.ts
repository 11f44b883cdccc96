import type { MessageTemplate } from '../template.js';

export const fr: MessageTemplate = {
  mail: {
    subject: 'Choisissez un nouveau mot de passe pour %ORGANISATION%',
    button: 'Choisir un nouveau mot de passe',
    text: `Bonjour %FULLNAME%,

Le service d’assistance nous a demandé de vous envoyer ce lien. Il vous permet de choisir un nouveau mot de passe pour votre compte « %USERNAME% » chez %ORGANISATION%.

%LINK%

Le lien ne fonctionne qu’une seule fois, jusqu’au %EXPIRES%. Passé ce délai, demandez-en un nouveau au service d’assistance.

Demandé par : %ADMIN%
Message du service d’assistance : %COMMENTS%

Vous n’avez pas demandé d’aide pour votre mot de passe ? N’utilisez pas le lien et prévenez le service d’assistance. Tant que personne n’utilise le lien, votre mot de passe actuel reste inchangé.

Ne transférez pas ce message : toute personne qui possède le lien pourrait choisir votre mot de passe.`,
  },
  sms: `%ORGANISATION% : lien de l'assistance pour choisir un nouveau mot de passe (compte %USERNAME%). Valable une fois, jusqu'au %EXPIRES%. Pas demandé ? Prévenez l'assistance.
%LINK%
%COMMENTS%`,
};
