import { counting } from '../../../../core/web/language/plural.js';
import type { RequestTexts } from './en.js';

const count = counting('fr');

export const fr = {
  firstPassword: {
    service: 'Votre compte',
    title: 'Choisissez votre mot de passe',
    account: 'Compte',
    save: 'Enregistrer',
  },

  newPassword: {
    service: 'Réinitialisation du mot de passe',
    title: 'Choisissez un nouveau mot de passe',
    account: 'Compte',
    save: 'Enregistrer',
  },

  unlock: {
    service: 'Votre compte',
    title: 'Déverrouiller votre compte',
    lead: 'Votre compte a été verrouillé après trop de saisies erronées. Vous pouvez le déverrouiller ici.',
    account: 'Compte',
    effect: 'Votre mot de passe ne change pas.',
    unlock: 'Déverrouiller',
    unexpected:
      'Vous ne vous y attendiez pas ? Fermez cette page. Tant que vous n’appuyez pas sur le bouton, rien ne change.',
  },

  logIn: {
    service: 'Connexion',
    title: 'Se connecter avec ce lien',
    lead: 'Appuyez sur le bouton pour vous connecter sur cet appareil. Le lien ne sert qu’une fois.',
    account: 'Compte',
    enter: 'Se connecter',
    unexpected:
      'Vous ne vous y attendiez pas ? Fermez cette page. Tant que vous n’appuyez pas sur le bouton, rien ne se passe.',
  },

  pin: {
    service: 'Confirmation',
    title: 'Saisissez votre code PIN',
    lead: 'Si un tel compte existe avec une adresse enregistrée, un message avec un code PIN est en route. Saisissez le code ici.',
    label: 'Code PIN',
    proceed: 'Continuer',
    wrong: (left) =>
      left === 0
        ? 'Ce code PIN n’est pas le bon, et il ne reste aucun essai. Veuillez recommencer depuis le début.'
        : `Ce code PIN n’est pas le bon. Il vous reste ${count(left, { one: 'essai', other: 'essais' })}.`,
    missing:
      'Pas de message ? Regardez dans le courrier indésirable, ou recommencez depuis le début dans quelques minutes.',
  },

  receipt: {
    title: 'Consultez votre messagerie',
    texts: [
      'Si un tel compte existe avec une adresse enregistrée, un message est en route. Suivez le lien qu’il contient.',
      'Rien au bout de quelques minutes ? Regardez dans le courrier indésirable, ou adressez-vous à votre service d’assistance.',
    ],
  },

  dead: {
    title: 'Ceci n’est plus valable',
    texts: [
      'Un lien ou un code PIN ne sert qu’une fois et pendant un temps limité. Celui-ci a peut-être déjà été utilisé, a expiré ou a été remplacé par un plus récent.',
      'Si vous avez reçu un message plus récent de notre part, utilisez-le. Sinon, allez à la page de connexion : vous pourrez y faire une nouvelle demande.',
    ],
    logIn: 'Vers la page de connexion',
  },

  done: {
    logIn: 'Se connecter',
    stillLocked: 'Votre compte est encore verrouillé. Demandez à votre service d’assistance de le déverrouiller.',
    password: {
      service: 'Mot de passe',
      title: 'Votre nouveau mot de passe est enregistré',
      lead: 'Utilisez-le désormais partout où vous vous serviez de l’ancien.',
      points: [
        'Vous êtes déconnecté partout, et vos autres liens en cours ne fonctionnent plus.',
        'Si vous utilisez un second facteur, il vous sera demandé comme avant.',
        'Nous envoyons un avis de ce changement à votre adresse enregistrée. Ce n’était pas vous ? Prévenez votre service d’assistance.',
      ],
    },
    unlocked: {
      service: 'Votre compte',
      title: 'Votre compte est déverrouillé',
      lead: 'Vous pouvez de nouveau vous connecter avec votre mot de passe.',
      points: [
        'Votre mot de passe n’a pas changé. Si vous ne vous en souvenez pas, demandez-en un nouveau à la page de connexion.',
      ],
    },
    closed: {
      service: 'Votre compte',
      title: 'Votre compte n’est pas ouvert',
      lead: 'Les saisies erronées ne comptent plus. Mais votre compte a été fermé, et seule votre assistance peut le rouvrir.',
      points: ['Votre mot de passe n’a pas changé.'],
    },
  },
} satisfies RequestTexts;
