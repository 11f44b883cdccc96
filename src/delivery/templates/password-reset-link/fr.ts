import type { MessageTemplate } from '../template.js';

export const fr: MessageTemplate = {
  mail: {
    subject: 'Nouveau mot de passe pour %ORGANISATION%',
    button: 'Choisir un nouveau mot de passe',
    text: `Bonjour %FULLNAME%,

Le service d’assistance nous a demandé de vous envoyer ce lien. Il vous permet de choisir un nouveau mot de passe pour votre compte « %USERNAME% » chez %ORGANISATION%.

%LINK%

Le lien ne fonctionne qu’une seule fois, jusqu’au %EXPIRES%. Passé ce délai, demandez-en un nouveau au service d’assistance.

Demandé par : %ADMIN%
Message du service d’assistance : %COMMENTS%

Si vous n’avez pas demandé d’aide pour votre mot de passe, n’utilisez pas ce lien et prévenez le service d’assistance. Votre mot de passe actuel reste inchangé tant que personne n’utilise le lien.

Merci de ne pas transférer ce message : toute personne disposant du lien peut choisir votre mot de passe.`,
  },
  sms: `%ORGANISATION% : l'assistance vous envoie ce lien pour choisir un nouveau mot de passe (%USERNAME%). Valable une fois, jusqu'au %EXPIRES%. Pas demandé ? Prévenez l'assistance.
%LINK%
%COMMENTS%`,
};
