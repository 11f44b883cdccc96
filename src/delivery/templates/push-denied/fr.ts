import type { MessageTemplate } from '../template.js';

export const fr: MessageTemplate = {
  mail: {
    subject: 'Une connexion a été refusée chez %ORGANISATION%',
    text: `Bonjour %FULLNAME%,

Quelqu’un a essayé de se connecter à votre compte « %USERNAME% » chez %ORGANISATION%, et cela a été refusé sur votre appareil.

Application : %APPLICATION%
Quand : %TIME%
Depuis l’adresse : %ADDRESS%

Si vous avez refusé par erreur, connectez-vous à nouveau. Il n’y a rien d’autre à faire.

Si ce n’est pas vous qui essayiez de vous connecter, quelqu’un connaît peut-être votre mot de passe. Changez-le et prévenez l’assistance. N’approuvez jamais une demande que vous n’avez pas provoquée vous-même.`,
  },
  sms: `%ORGANISATION% : connexion à %APPLICATION% pour %USERNAME% refusée sur votre appareil le %TIME%. Ce n'était pas vous ? Changez le mot de passe, appelez l'assistance.`,
};
