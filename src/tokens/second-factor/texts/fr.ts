import { counting } from '../../../core/web/language/plural.js';
import type { SecondFactorTexts } from './en.js';

const count = counting('fr');

export const fr: SecondFactorTexts = {
  title: 'Montrez que c’est bien vous',
  lead: {
    link: 'En plus du lien, nous demandons l’un des moyens que vous avez configurés pour vous connecter.',
    password: 'En plus du mot de passe, nous demandons l’un des moyens que vous avez configurés pour vous connecter.',
  },
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
  questions: {
    GridCard: {
      heading: 'Avec votre carte matricielle',
      begin: 'Me demander des cases de ma carte',
      label: (cells) => `Que contiennent les cases ${cells} ?`,
      hint: 'La colonne par sa lettre, la ligne par son numéro. Saisissez les signes l’un après l’autre.',
    },
    GridGo: {
      heading: 'Avec votre chemin sur une grille',
      begin: 'Me montrer une grille',
      label: () => 'Les signes sur votre chemin',
      hint: 'Partez de n’importe quelle case. Saisissez son signe, puis celui de chaque case où mène votre chemin.',
    },
    OCRA: {
      heading: 'Avec un jeton qui répond à un nombre',
      begin: 'Me donner un nombre',
      label: (digits) => `Que répond votre jeton à ${digits} ?`,
      hint: 'Saisissez ce nombre dans votre jeton, et sa réponse ici.',
    },
    OTPList: {
      heading: 'Avec votre liste numérotée',
      begin: 'Me demander un code de ma liste',
      label: (number) => `Code numéro ${number}`,
      hint: undefined,
    },
  },
  certificate: {
    heading: 'Avec votre certificat',
    button: 'Utiliser le certificat de ce navigateur',
    notShown:
      'Ce navigateur n’a montré aucun certificat. Il demande lequel montrer à sa première visite sur ce serveur : fermez toutes ses fenêtres, ouvrez un nouveau lien et choisissez votre certificat. Ou choisissez un autre moyen.',
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
