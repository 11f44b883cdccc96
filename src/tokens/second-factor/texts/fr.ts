import { counting } from '../../../core/web/language/plural.js';
import type { SecondFactorTexts } from './en.js';

const count = counting('fr');

export const fr: SecondFactorTexts = {
  title: 'Montrez que c’est bien vous',
  lead: 'En plus du lien, nous demandons l’un des moyens que vous avez configurés pour vous connecter.',
  code: { heading: 'Avec un code de votre application, jeton ou liste', label: 'Code', button: 'Continuer' },
  fido: {
    heading: 'Avec votre clé de sécurité ou clé d’accès',
    button: 'Utiliser la clé de sécurité ou clé d’accès',
    unsupported:
      'Ce navigateur, ou cette adresse, ne peut pas utiliser de clé de sécurité. Veuillez choisir un autre moyen.',
    failed: 'Cela n’a pas fonctionné. Veuillez réessayer, ou choisir un autre moyen.',
    proceed: 'Demander à la clé maintenant',
  },
  passcode: {
    heading: 'Avec un code que nous vous envoyons',
    button: (to) => `Envoyer un code à ${to}`,
    sent: (to) => `Nous avons envoyé un code à ${to}.`,
    label: 'Code envoyé',
  },
  emergency: { heading: 'Avec un code d’urgence', label: 'Code d’urgence', button: 'Continuer' },
  empty: 'Saisissez le code.',
  left: (tries) => `Encore ${count(tries, { one: 'essai', other: 'essais' })}.`,
  none: {
    title: 'Nous ne pouvons pas vérifier ici que c’est bien vous',
    texts: [
      'Ce lien exige aussi une seconde preuve que c’est bien vous, et il n’y en a aucune utilisable ici.',
      'Veuillez contacter votre assistance par téléphone ou en personne.',
    ],
  },
};
