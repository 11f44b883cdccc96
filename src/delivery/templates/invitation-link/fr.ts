import type { MessageTemplate } from '../template.js';

export const fr: MessageTemplate = {
  mail: {
    subject: 'Votre compte chez %ORGANISATION%',
    button: 'Choisir un mot de passe',
    text: `Bonjour %FULLNAME%,

Le compte « %USERNAME% » est prêt pour vous chez %ORGANISATION%. Ouvrez le lien pour choisir votre mot de passe.

%LINK%

Le lien ne fonctionne qu’une seule fois, jusqu’au %EXPIRES%. Passé ce délai, demandez-en un nouveau à la personne qui vous a invité.

Invité par : %ADMIN%

Si vous ne vous y attendiez pas, ignorez ce message.

Merci de ne pas transférer ce message : quiconque possède le lien peut choisir votre mot de passe.`,
  },
  sms: `%ORGANISATION% : votre compte %USERNAME% est prêt. Choisissez un mot de passe ; le lien marche une fois, jusqu'au %EXPIRES%.
%LINK%`,
};
