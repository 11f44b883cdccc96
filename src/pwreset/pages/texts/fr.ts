import type { PasswordResetTexts } from './en.js';

export const fr = {
  service: 'Réinitialisation du mot de passe',

  landing: {
    title: 'Définir un nouveau mot de passe',
    lead: (domain) =>
      `Vous pouvez définir ici un nouveau mot de passe pour votre compte ${domain}. Cela prend environ une minute.`,
  },

  password: {
    title: 'Choisissez un nouveau mot de passe',
    account: 'Compte',
    save: 'Enregistrer',
  },

  done: {
    title: 'Votre nouveau mot de passe est enregistré',
    lead: 'Utilisez-le désormais partout où vous vous serviez de l’ancien.',
    stillLocked: 'Votre compte est encore verrouillé. Demandez à votre service d’assistance de le déverrouiller.',
    nextHeading: 'Bon à savoir',
    devices: 'Les téléphones et logiciels de messagerie qui connaissent l’ancien mot de passe demanderont le nouveau.',
    links: 'Le lien que vous avez utilisé, comme tout autre lien de réinitialisation, ne fonctionne plus.',
    notice:
      'Nous envoyons un avis de ce changement à votre adresse enregistrée. Ce n’était pas vous ? Prévenez votre service d’assistance.',
    close: 'Vous pouvez maintenant fermer cette page.',
  },

  ended: {
    title: 'Cette page est fermée',
    texts: [
      'Elle se ferme après un moment sans action, après plusieurs saisies erronées et dès qu’un nouveau mot de passe a été défini.',
      'Si vous venez d’enregistrer un nouveau mot de passe, il est en vigueur : utilisez-le pour vous connecter. Sinon, demandez un nouveau lien à votre service d’assistance.',
    ],
  },
} satisfies PasswordResetTexts;
