import type { MessageTemplate } from '../template.js';

export const fr: MessageTemplate = {
  mail: {
    subject: 'Le code qui place votre jeton sur un appareil (%ORGANISATION%)',
    text: `Bonjour %FULLNAME%,

Avec ce code, votre jeton pour le compte « %USERNAME% » chez %ORGANISATION% peut être placé sur votre appareil.

%PASSCODE%

Il fonctionne une seule fois, jusqu’au %EXPIRES%.

Jeton : %ITEM%
Où l’utiliser : %PAGE%

Saisissez-le uniquement là où vous avez demandé votre jeton. Personne chez %ORGANISATION%, ni au service d’assistance, ne vous le demandera jamais. Qui possède le code peut obtenir votre jeton. Si vous ne l’avez pas demandé, prévenez le service d’assistance.`,
  },
  sms: `%PASSCODE% place votre jeton pour %ORGANISATION% sur votre appareil. Ne le communiquez à personne. Pas demandé ? Appelez l'assistance.
Jeton : %ITEM%
Valable jusqu'au %EXPIRES%.
À utiliser ici : %PAGE%`,
};
