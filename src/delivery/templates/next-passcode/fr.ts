import type { MessageTemplate } from '../template.js';

export const fr: MessageTemplate = {
  mail: {
    subject: 'Votre prochain code à usage unique pour %ORGANISATION%',
    text: `Bonjour %FULLNAME%,

Vous venez de vous connecter à votre compte « %USERNAME% » chez %ORGANISATION%. Voici le code pour votre prochaine connexion.

%PASSCODE%

Il fonctionne une seule fois, jusqu’au %EXPIRES%. Si vous en demandez un autre, c’est celui-là qui compte.

Personne chez %ORGANISATION%, ni au service d’assistance, ne vous le demandera jamais.

Si ce n’est pas vous qui vous êtes connecté, prévenez immédiatement le service d’assistance.`,
  },
  sms: `%PASSCODE% est le code de votre prochaine connexion chez %ORGANISATION%. Valable une fois, jusqu'au %EXPIRES%. Ne le communiquez à personne. Pas connecté à l'instant ? Appelez l'assistance.`,
};
