import type { MessageTemplate } from '../template.js';

export const fr: MessageTemplate = {
  mail: {
    subject: 'Votre code d’urgence pour %ORGANISATION%',
    text: `Bonjour %FULLNAME%,

Voici le code d’urgence que vous avez demandé pour votre compte « %USERNAME% » chez %ORGANISATION%.

%PASSCODE%

Il sert une seule fois, jusqu’au %EXPIRES%, à la place de votre second facteur, pour le jour où votre téléphone ou votre clé est perdu.

Notez-le, gardez-le avec vos papiers importants et supprimez ce message : quiconque le lit possède votre second facteur. Personne chez %ORGANISATION%, ni au service d’assistance, ne vous demandera jamais ce code.

Demandé depuis l’adresse : %ADDRESS%

Si ce n’était pas vous, quelqu’un d’autre est connecté à votre compte. Changez immédiatement de mot de passe et prévenez le service d’assistance.`,
  },
  sms: `%PASSCODE% est votre code d'urgence pour %ORGANISATION%. Valable une fois, jusqu'au %EXPIRES%. Ne le communiquez à personne. Pas demandé ? Appelez l'assistance.`,
};
