import type { MessageTemplate } from '../template.js';

export const fr: MessageTemplate = {
  mail: {
    subject: 'Votre code PIN pour %ORGANISATION%',
    text: `Bonjour %FULLNAME%,

Voici le code PIN demandé pour votre compte « %USERNAME% » chez %ORGANISATION%.

%PIN%

Il fonctionne une seule fois, jusqu’au %EXPIRES%.

À quoi il sert : %ITEM%
Demandé par : %ADMIN%
Demandé par quelqu’un, depuis l’adresse : %ADDRESS%

Saisissez-le uniquement là où on vous le demande maintenant. Personne chez %ORGANISATION%, ni au service d’assistance, n’en a besoin dans un courriel ou une messagerie. Si vous n’attendez pas de code, ignorez ce message : sans lui, rien ne se passe.`,
  },
  sms: `%PIN% est votre code PIN pour %ORGANISATION%. Pas demandé ? Ignorez-le.
Usage : %ITEM%
Valable jusqu'au %EXPIRES%.`,
};
