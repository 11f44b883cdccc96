import type { MessageTemplate } from '../template.js';

export const fr: MessageTemplate = {
  mail: {
    subject: 'Le code qui active votre jeton pour %ORGANISATION%',
    text: `Bonjour %FULLNAME%,

Un jeton a été attribué à votre compte « %USERNAME% » chez %ORGANISATION%. Il fonctionne dès que vous avez communiqué ce code en retour.

%PASSCODE%

Le code est valable jusqu’au %EXPIRES%.

Jeton : %ITEM%
Où l’utiliser : %PAGE%

Personne chez %ORGANISATION%, ni au service d’assistance, ne vous demandera jamais ce code. Si vous n’attendez pas de jeton, ne communiquez le code à personne et prévenez le service d’assistance.`,
  },
  sms: `%PASSCODE% active votre jeton pour %ORGANISATION%. Ne le communiquez à personne. Pas attendu ? Appelez l'assistance.
Jeton : %ITEM%
Valable jusqu'au %EXPIRES%.
À utiliser ici : %PAGE%`,
};
