import type { MessageTemplate } from '../template.js';

export const fr: MessageTemplate = {
  mail: {
    subject: 'Votre mot de passe pour %ORGANISATION% a été modifié',
    text: `Bonjour %FULLNAME%,

Le mot de passe de votre compte « %USERNAME% » chez %ORGANISATION% a été modifié.

Quand : %TIME%
Depuis l’adresse : %ADDRESS%

C’était vous ? Vous n’avez rien à faire. Les appareils et les programmes qui ont gardé votre ancien mot de passe vous demanderont le nouveau.

Ce n’était pas vous ? Quelqu’un d’autre a peut-être accès à votre compte. Prévenez immédiatement le service d’assistance, par téléphone ou sur place, sans répondre à ce message.

Ce message ne contient volontairement aucun lien. Le service d’assistance ne vous demandera jamais votre mot de passe.`,
  },
  sms: `%ORGANISATION% : le mot de passe de %USERNAME% a été modifié (%TIME%). Ce n'était pas vous ? Appelez tout de suite l'assistance.`,
};
