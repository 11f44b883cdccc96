import type { MessageTemplate } from '../template.js';

export const fr: MessageTemplate = {
  mail: {
    subject: 'Nouveau mot de passe pour %ORGANISATION%',
    button: 'Choisir un nouveau mot de passe',
    text: `Bonjour %FULLNAME%,

Un nouveau mot de passe a été demandé pour votre compte « %USERNAME% » chez %ORGANISATION%, parce que l’ancien est oublié ou doit être remplacé. Ouvrez le lien pour le choisir.

%LINK%

Le lien ne fonctionne qu’une seule fois, jusqu’au %EXPIRES%. Passé ce délai, demandez-en un autre.

Demandé par : %ADMIN%
Demandé par quelqu’un, depuis l’adresse : %ADDRESS%

Si ce n’était pas vous, ignorez ce message. Votre mot de passe actuel reste inchangé tant que personne n’utilise le lien.

Merci de ne pas transférer ce message : quiconque possède le lien peut choisir votre mot de passe.`,
  },
  sms: `%ORGANISATION% : choisissez un nouveau mot de passe (%USERNAME%). Le lien marche une fois, jusqu'au %EXPIRES%. Pas vous ? Ignorez-le.
%LINK%`,
};
