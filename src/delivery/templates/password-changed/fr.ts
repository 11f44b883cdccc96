import type { MessageTemplate } from '../template.js';

export const fr: MessageTemplate = {
  mail: {
    subject: 'Votre mot de passe pour %ORGANISATION% a été modifié',
    text: `Bonjour %FULLNAME%,

Le mot de passe de votre compte « %USERNAME% » chez %ORGANISATION% a été modifié.

Quand : %TIME%
Depuis l’adresse : %ADDRESS%

Si c’était vous, vous n’avez rien d’autre à faire. Les appareils et les programmes qui ont gardé votre ancien mot de passe vous demanderont le nouveau.

Si ce n’était pas vous, quelqu’un d’autre a peut-être accès à votre compte. Contactez immédiatement le service d’assistance, par téléphone ou sur place. N’attendez pas et ne répondez pas à ce message.

Ce message ne contient volontairement aucun lien. Le service d’assistance ne vous demandera jamais votre mot de passe.`,
  },
  sms: `%ORGANISATION% : votre mot de passe (%USERNAME%) a été modifié le %TIME%. Ce n'était pas vous ? Appelez tout de suite l'assistance.`,
};
