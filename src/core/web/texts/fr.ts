import { counting } from '../language/plural.js';
import type { SharedTexts } from './en.js';
import { errorSentences } from './error-sentences.js';

const count = counting('fr');

const characters = (number: number) => count(number, { one: 'caractère', other: 'caractères' });
const kinds = 'minuscules, majuscules, chiffres, autres';

export const fr = {
  skipToContent: 'Aller au contenu',
  languages: 'Langue',
  secured: 'Sécurisé par Latchkey',
  demo: 'Démo – pour essayer, sur cette machine uniquement',

  errorTitle: (title) => `Erreur : ${title}`,
  problem: 'Veuillez vérifier votre saisie',
  notYet: 'Cela n’a pas encore fonctionné',
  tryAgain: 'Réessayer',
  reference: 'Référence pour le service d’assistance',

  notFound: {
    title: 'Cette page n’existe pas',
    text: 'Vérifiez l’adresse, ou revenez à la page précédente.',
  },
  notValid: {
    title: 'Nous n’avons pas pu lire votre formulaire',
    text: 'Rien n’a été modifié. Revenez en arrière, rechargez la page et remplissez le formulaire une nouvelle fois.',
  },
  forbidden: {
    title: 'Cette page ne vous est pas ouverte',
    text: 'Si vous pensez qu’elle devrait l’être, adressez-vous à votre service d’assistance.',
  },
  tooMany: {
    title: 'Un instant, s’il vous plaît',
    text: (span) =>
      `De nombreuses demandes sont venues de votre réseau en peu de temps. Veuillez réessayer dans ${span}.`,
  },
  unavailable: {
    title: 'Nous revenons dans un instant',
    text: 'Ce service n’est pas joignable pour le moment. Rien n’a été modifié. Veuillez réessayer dans une minute.',
  },
  directoryUnavailable: {
    title: 'Votre compte n’est pas joignable pour le moment',
    text: 'Le système qui contient votre compte ne répond pas. Rien n’a été modifié. Veuillez réessayer dans une minute.',
  },
  failed: {
    title: 'Un problème est survenu de notre côté',
    text: 'Vous n’y êtes pour rien. Rien d’autre n’a été fait. Veuillez réessayer dans une minute ; si cela se reproduit, informez votre service d’assistance.',
  },

  password: {
    new: 'Nouveau mot de passe',
    again: 'Confirmez le mot de passe',
    show: 'Afficher',
    hide: 'Masquer',
    subject: 'le mot de passe',
    shown: 'Votre mot de passe est maintenant visible.',
    hidden: 'Votre mot de passe est masqué.',
    empty: 'Saisissez un nouveau mot de passe.',
    emptyAgain: 'Saisissez le nouveau mot de passe une seconde fois.',
    same: 'Les deux saisies sont identiques.',
    differ: 'Les deux saisies ne sont pas encore identiques.',
    rulesHeading: 'Ce qu’il faut à votre nouveau mot de passe',
    rulesUnknown:
      'Des règles s’appliquent ici aux mots de passe. Si le vôtre n’est pas accepté, cette page vous le dira.',
    progress: 'Règles respectées : {met} sur {total}.',
    met: 'respectée',
    open: 'pas encore respectée',
    later: 'Vérifié à l’enregistrement',
    minLength: (least) => `Au moins ${characters(least)}`,
    maxLength: (most) => `Au plus ${characters(most)}`,
    classes: (number) =>
      number >= 4
        ? `Tous ces types de caractères : ${kinds}`
        : `Au moins ${number} de ces 4 types de caractères : ${kinds}`,
    classesOrLength: (number, length) =>
      number >= 4
        ? `Tous ces types de caractères : ${kinds} – ou simplement ${characters(length)} ou plus`
        : `Au moins ${number} de ces 4 types de caractères : ${kinds} – ou simplement ${characters(length)} ou plus`,
    notName: 'Sans votre nom ni votre identifiant',
    notCommon: 'Pas un mot de passe que beaucoup de gens utilisent',
    history: (number) =>
      number === 1
        ? 'Différent de votre mot de passe actuel'
        : `Différent de vos ${count(number, { one: 'dernier mot de passe', other: 'derniers mots de passe' })}`,
    minAge: (span) => `Au moins ${span} entre deux changements`,
    maxAge: (span) => `Vous pourrez l’utiliser pendant ${span} ; un autre vous sera ensuite demandé.`,
  },

  currentPassword: {
    title: 'Confirmez qu’il s’agit bien de vous',
    lead: 'Saisissez le mot de passe que vous avez actuellement. S’il a expiré, il convient quand même.',
    account: 'Compte',
    label: 'Mot de passe actuel',
    proceed: 'Continuer',
    empty: 'Saisissez votre mot de passe actuel.',
    wrong: (left) =>
      `Ce n’est pas votre mot de passe actuel. Il vous reste ${count(left, { one: 'essai', other: 'essais' })}.`,
    forgotten: 'Vous ne vous en souvenez pas ? Adressez-vous à votre service d’assistance.',
  },

  errors: errorSentences({
    neutral: () =>
      'Cela n’a pas fonctionné. Rien n’a été modifié. Si cela se reproduit, adressez-vous à votre service d’assistance.',
    inactive: () => 'Votre compte n’est pas actif pour le moment. Adressez-vous à votre service d’assistance.',
    notReady: () =>
      'Le mot de passe n’a pas pu être enregistré à cause d’un défaut de notre côté. Merci d’en informer votre service d’assistance.',
    'account-locked': () => 'Votre compte est verrouillé. Demandez à votre service d’assistance de le déverrouiller.',
    'too-many-attempts': () =>
      'Il y a eu de nombreux essais en peu de temps. Veuillez patienter un instant, puis réessayer.',
    'password-mismatch': () =>
      'Les deux saisies ne sont pas identiques. Veuillez saisir de nouveau le nouveau mot de passe, deux fois.',
    'password-too-short': ({ min }) =>
      min === undefined
        ? 'Ce mot de passe est trop court. Choisissez-en un plus long.'
        : `Ce mot de passe est trop court. Il faut au moins ${characters(Number(min))}.`,
    'password-too-long': ({ max }) =>
      max === undefined
        ? 'Ce mot de passe est trop long. Choisissez-en un plus court.'
        : `Ce mot de passe est trop long. Il faut au plus ${characters(Number(max))}.`,
    'password-too-simple': ({ classes }) =>
      classes === undefined
        ? `Ce mot de passe est trop simple. Utilisez plusieurs de ces types de caractères : ${kinds}.`
        : `Ce mot de passe est trop simple. Utilisez au moins ${classes} de ces 4 types de caractères : ${kinds}.`,
    'password-too-common': () =>
      'Beaucoup de gens utilisent ce mot de passe : il est facile à deviner. Choisissez-en un autre.',
    'password-contains-name': () =>
      'Votre nom ou votre identifiant figure dans ce mot de passe. Choisissez-en un qui ne le contient pas.',
    'password-in-history': () => 'Vous avez déjà utilisé ce mot de passe. Choisissez-en un nouveau.',
    'password-too-young': () =>
      'Votre mot de passe a été changé il y a peu et ne peut pas encore l’être de nouveau. Réessayez plus tard ou adressez-vous à votre service d’assistance.',
    'password-refused': () =>
      'Le système qui contient votre compte n’a pas accepté ce mot de passe et ne dit pas pourquoi. Un mot de passe plus long, différent des précédents, convient le plus souvent.',
    'password-change-forbidden': () =>
      'Votre mot de passe ne peut pas être changé ici. Adressez-vous à votre service d’assistance.',
    'passcode-wrong': () => 'Ce code n’est pas correct. Veuillez le vérifier et le saisir de nouveau.',
    'passcode-replayed': () => 'Ce code a déjà été utilisé. Veuillez attendre le suivant.',
    'passcode-expired': () => 'Ce code est trop ancien. Veuillez en demander un nouveau.',
    'token-out-of-sync': () =>
      'L’horloge de votre authentificateur est décalée. Veuillez saisir le prochain code qu’il affiche.',
    'authenticator-locked': () =>
      'Il y a eu trop de codes erronés. Veuillez attendre une demi-heure, ou vous adresser à votre assistance.',
    'no-usable-token': () =>
      'Il n’y a ici aucun authentificateur que vous pourriez utiliser pour cela. Veuillez vous adresser à votre assistance.',
    unusable: () =>
      'Cet authentificateur ne peut pas être utilisé en ce moment. Veuillez vous adresser à votre assistance.',
    'serial-taken': () =>
      'Un authentificateur portant ce numéro de série est déjà enregistré. Veuillez comparer le numéro, ou vous adresser à votre assistance.',
    'seed-not-valid': () => 'Cette clé ne peut pas être utilisée : elle est trop courte ou incomplète.',
    'key-not-valid': () =>
      'Cette clé ne peut pas être utilisée. Sont possibles : RSA d’au moins 2048 bits, ECDSA sur P-256, P-384 ou P-521, et Ed25519 ; DSA n’est plus sûr.',
    'certificate-request-not-valid': () =>
      'Cette demande de certificat ne peut pas être utilisée. Elle doit être signée avec sa propre clé : RSA d’au moins 2048 bits, ou ECDSA sur P-256, P-384 ou P-521.',
    'slot-taken': () =>
      'Il y a déjà un authentificateur à cet emplacement, ou vous en avez de cette sorte autant que vous pouvez en avoir. Rien n’a été modifié. Veuillez regarder la page encore une fois.',
    'proof-not-valid': () => 'Nous n’avons pas pu vérifier la réponse de votre authentificateur. Veuillez réessayer.',
    'challenge-not-valid': () => 'Cela a pris trop de temps, ou a déjà été fait. Veuillez recommencer cette étape.',
    'passcode-sent-recently': () =>
      'Un code vient de vous être envoyé. Veuillez attendre qu’il arrive avant d’en demander un autre.',
    'form-not-valid': () => 'Nous n’avons pas pu lire le formulaire. Veuillez le remplir une nouvelle fois.',
    'change-in-progress': () =>
      'Votre nouveau mot de passe est en cours d’enregistrement. Il n’est pas nécessaire de l’envoyer de nouveau.',
    'change-not-completed': () =>
      'Votre compte a le nouveau mot de passe, mais nous n’avons pas pu terminer de notre côté. Veuillez vous connecter avec lui. Si cela ne fonctionne pas, choisissez ici un mot de passe une nouvelle fois dans une minute.',
    'directory-unavailable': () =>
      'Le système qui contient votre compte ne répond pas. Rien n’a été modifié et votre session reste ouverte. Veuillez réessayer dans une minute.',
    'database-unavailable': () =>
      'Ce service n’est pas joignable pour le moment. Rien n’a été modifié. Veuillez réessayer dans une minute.',
    overloaded: () =>
      'Les demandes sont trop nombreuses en ce moment. Rien n’a été modifié. Veuillez réessayer dans une minute.',
  }),
} satisfies SharedTexts;
