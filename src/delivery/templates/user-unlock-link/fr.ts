import type { MessageTemplate } from '../template.js';

export const fr: MessageTemplate = {
  mail: {
    subject: 'Déverrouillez votre compte chez %ORGANISATION%',
    button: 'Déverrouiller le compte',
    text: `Bonjour %FULLNAME%,

Votre compte « %USERNAME% » chez %ORGANISATION% est peut-être verrouillé après trop d’essais manqués. Ouvrez le lien pour le déverrouiller ; votre mot de passe reste le même.

%LINK%

Le lien ne fonctionne qu’une seule fois, jusqu’au %EXPIRES%. Passé ce délai, demandez-en un autre.

Demandé par : %ADMIN%
Demandé par quelqu’un, depuis l’adresse : %ADDRESS%

Si ce n’était pas vous, ignorez ce message. Rien ne change tant que personne n’utilise le lien.

Merci de ne pas transférer ce message : le lien n’est destiné qu’à vous.`,
  },
  sms: `%ORGANISATION% : déverrouillez votre compte (%USERNAME%). Le lien marche une fois, jusqu'au %EXPIRES%. Pas vous ? Ignorez-le.
%LINK%`,
};
