import type { MessageTemplate } from '../template.js';

export const fr: MessageTemplate = {
  mail: {
    subject: 'Choisissez un mot de passe pour %ORGANISATION%',
    button: 'Choisir un mot de passe',
    text: `Bonjour %FULLNAME%,

Votre compte « %USERNAME% » chez %ORGANISATION% attend un mot de passe de votre choix. Ouvrez le lien pour le choisir.

%LINK%

Le lien ne fonctionne qu’une seule fois, jusqu’au %EXPIRES%. Passé ce délai, demandez-en un autre.

Demandé par : %ADMIN%
Demandé par quelqu’un, depuis l’adresse : %ADDRESS%

Si vous ne vous y attendiez pas, n’utilisez pas le lien et prévenez le service d’assistance. Rien ne change tant que personne n’utilise le lien.

Merci de ne pas transférer ce message : quiconque possède le lien peut choisir votre mot de passe.`,
  },
  sms: `%ORGANISATION% : choisissez un mot de passe (%USERNAME%). Le lien marche une fois, jusqu'au %EXPIRES%. Pas attendu ? Ignorez-le.
%LINK%`,
};
