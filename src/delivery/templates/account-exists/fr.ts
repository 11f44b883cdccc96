import type { MessageTemplate } from '../template.js';

export const fr: MessageTemplate = {
  mail: {
    subject: 'Vous avez déjà un compte chez %ORGANISATION%',
    text: `Bonjour %FULLNAME%,

Quelqu’un, sans doute vous, a voulu s’inscrire chez %ORGANISATION% avec cette adresse de messagerie. Elle appartient déjà à votre compte « %USERNAME% », aucun autre n’a donc été créé.

Si c’était vous, connectez-vous en tant que « %USERNAME% ». Si vous avez oublié le mot de passe, choisissez « Mot de passe oublié » à la connexion.

Demandé depuis l’adresse : %ADDRESS%

Si ce n’était pas vous, vous n’avez rien à faire.`,
  },
  sms: `%ORGANISATION% : cette adresse a déjà le compte %USERNAME%, aucun autre n'a été créé.`,
};
