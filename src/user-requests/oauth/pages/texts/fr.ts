import type { OAuthTexts } from './en.js';

export const fr: OAuthTexts = {
  service: 'Accès pour une application',

  consent: {
    title: (consumer) => `Autoriser ${consumer} à agir pour vous ?`,
    lead: (consumer) => `L’application ${consumer} demande un accès en votre nom.`,
    application: 'Application',
    account: 'Votre compte',
    returns: 'Retour vers',
    nowhere: 'aucune adresse ; vous revenez vous-même',
    may: (consumer) => `Avec votre accord, ${consumer} peut`,
    rights: {
      person: () => ['voir ce qui est enregistré sur vous ici, comme votre nom et vos adresses'],
      'user-manager': (domain) => [
        'voir ce qui est enregistré sur vous ici',
        `voir les personnes de ${domain}`,
        'leur envoyer des liens pour définir un mot de passe ou déverrouiller leur compte',
      ],
      'domain-admin': (domain) => [
        'voir ce qui est enregistré sur vous ici',
        `voir, créer et modifier les personnes de ${domain}`,
        'se connecter en tant que l’une d’elles, définir des mots de passe et déverrouiller des comptes',
      ],
      'global-admin': () => [
        'voir ce qui est enregistré sur vous ici',
        'voir, créer et modifier les personnes de tous les domaines',
        'se connecter en tant que n’importe laquelle, définir des mots de passe et déverrouiller des comptes',
      ],
    },
    ends: (span) =>
      span === undefined
        ? 'L’accès prend fin lorsque vous changez de mot de passe.'
        : `L’accès prend fin après ${span}, et avant cela lorsque vous changez de mot de passe.`,
    ownDoing: (consumer) =>
      `Ne continuez que si vous venez de commencer cela vous-même dans ${consumer}. Si quelqu’un vous a envoyé ici, refusez.`,
    allow: 'Autoriser',
    deny: 'Refuser',
    notYou: 'Ce n’est pas votre compte ? Alors refusez, et déconnectez-vous d’abord.',
  },

  granted: {
    title: 'Accès autorisé',
    texts: (consumer) => [`${consumer} peut maintenant agir pour vous. Vous pouvez y retourner et fermer cette page.`],
    carry: (consumer) => `Saisissez ce code dans ${consumer} ; il n’est affiché qu’ici :`,
  },

  denied: {
    title: 'Accès refusé',
    texts: (consumer) => [`${consumer} n’a pas obtenu d’accès. Vous pouvez y retourner et fermer cette page.`],
  },

  otherDomain: {
    title: 'Cette application est destinée à d’autres personnes',
    texts: (consumer, here, login) => [
      `${consumer} fonctionne pour les personnes de ${here}. Vous êtes connecté en tant que ${login}.`,
    ],
    link: 'Se connecter avec un autre compte',
  },

  ended: {
    title: 'Cette demande est terminée',
    texts: [
      'Quelqu’un a déjà décidé, ou elle date de plus d’un quart d’heure.',
      'Retournez à l’application et recommencez-y.',
    ],
  },
};
