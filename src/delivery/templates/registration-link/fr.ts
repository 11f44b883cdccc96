import type { MessageTemplate } from '../template.js';

export const fr: MessageTemplate = {
  mail: {
    subject: 'Confirmez votre inscription chez %ORGANISATION%',
    button: 'Confirmer et choisir un mot de passe',
    text: `Bonjour %FULLNAME%,

Quelqu’un, sans doute vous, a demandé le compte « %USERNAME% » chez %ORGANISATION% avec cette adresse de messagerie. Ouvrez le lien pour confirmer l’adresse et choisir un mot de passe ; le compte est créé à ce moment-là.

%LINK%

Le lien ne fonctionne qu’une seule fois, jusqu’au %EXPIRES%. Passé ce délai, inscrivez-vous à nouveau.

Demandé depuis l’adresse : %ADDRESS%

Si ce n’était pas vous, ignorez ce message. Aucun compte n’est créé sans ce lien.

Merci de ne pas transférer ce message : quiconque possède le lien peut créer le compte.`,
  },
  sms: `%ORGANISATION% : confirmez votre inscription (%USERNAME%) et choisissez un mot de passe. Le lien marche une fois, jusqu'au %EXPIRES%. Pas vous ? Ignorez-le.
%LINK%`,
};
