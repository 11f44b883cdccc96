import type { MessageTemplate } from '../template.js';

export const fr: MessageTemplate = {
  mail: {
    subject: 'Votre code à usage unique pour %ORGANISATION%',
    text: `Bonjour %FULLNAME%,

Voici le code à usage unique pour votre compte « %USERNAME% » chez %ORGANISATION%.

%PASSCODE%

Il fonctionne une seule fois, jusqu’au %EXPIRES%.

Saisissez-le uniquement sur la page où vous l’avez demandé. Personne chez %ORGANISATION%, ni au service d’assistance, ne vous le demandera jamais.

Si vous n’avez pas demandé de code, quelqu’un d’autre essaie peut-être d’utiliser votre compte. Ne le communiquez à personne et prévenez le service d’assistance.`,
  },
  sms: `%PASSCODE% est votre code à usage unique pour %ORGANISATION%. Valable une fois, jusqu'au %EXPIRES%. Ne le communiquez à personne. Pas demandé ? Appelez l'assistance.`,
};
