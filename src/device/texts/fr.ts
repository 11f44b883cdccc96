import type { DeviceTexts } from './en.js';

export const fr: DeviceTexts = {
  title: 'Approuver les connexions',
  eyebrow: 'Approuver les connexions',
  appName: 'Latchkey : approuver les connexions',
  shortName: 'Latchkey',

  scripts: 'Cette page a besoin de JavaScript, qui est désactivé dans ce navigateur.',
  loading: { title: 'Un instant', text: 'Nous regardons s’il y a quelque chose à approuver.' },
  unsupported: {
    title: 'Ce navigateur ne convient pas ici',
    text: 'Il ne peut pas garder de clé à cette adresse. Prenez un navigateur récent, hors navigation privée, et ouvrez la page en https.',
  },

  none: {
    title: 'Configurez cet appareil',
    lead: 'Avec ce téléphone ou ce navigateur, vous approuvez vos propres connexions. Il faut d’abord le configurer.',
    link: 'Avez-vous reçu un lien pour configurer votre connexion ? Ouvrez-le sur cet appareil et choisissez « Approuver sur ce téléphone ou navigateur ».',
    heading: 'Ou saisissez un code',
    code: 'Code',
    codeHint: 'Les 16 lettres et chiffres donnés par votre assistance',
    pin: 'Code PIN',
    pinHint: 'Seulement si vous en avez reçu un avec le code',
    name: 'Comment appelez-vous cet appareil ?',
    nameHint: 'Pour le reconnaître plus tard, par exemple : mon téléphone',
    button: 'Configurer cet appareil',
    wrong: 'Cela n’a pas marché. Vérifiez le code et le PIN, ou demandez un nouveau code à votre assistance.',
    full: 'Vous avez autant d’appareils que permis. Faites-en d’abord supprimer un.',
    offline: 'Le serveur est injoignable. Veuillez réessayer.',
  },
  enrolled: {
    title: 'Cet appareil est configuré',
    text: 'Quand vous vous connectez quelque part et choisissez d’approuver ici, la demande apparaît sur cette page. Gardez-la ouverte ou ajoutez-la à l’écran d’accueil.',
  },

  idle: {
    title: 'Rien à approuver',
    text: 'Quand vous vous connectez quelque part, la demande apparaît ici d’elle-même.',
    heading: 'Configuré sur cet appareil pour',
    notify: 'Me prévenir quand il y a une demande',
    notifyText: 'Le navigateur affiche alors un message même quand cette page est fermée.',
  },

  request: {
    title: 'Est-ce vous qui vous connectez ?',
    warning:
      'N’approuvez que si vous êtes en train de vous connecter vous-même. Sinon, refusez : quelqu’un connaît peut-être votre mot de passe.',
    application: 'Application',
    account: 'Compte',
    time: 'Heure',
    address: 'Depuis l’adresse',
    until: 'Répondre avant',
    number: 'Saisissez le nombre affiché là où vous vous connectez',
    numberHint: 'Deux chiffres. Vous ne voyez pas de nombre ? Alors ce n’est pas vous qui vous connectez : refusez.',
    numberMissing: 'Saisissez les deux chiffres affichés là où vous vous connectez.',
    pin: 'Votre code PIN',
    pinHint: 'Nécessaire pour approuver, pas pour refuser.',
    pinWrong: 'Ce n’est pas votre code PIN. Saisissez-le encore une fois.',
    approve: 'Approuver',
    deny: 'Refuser',
  },

  approved: { title: 'Approuvé', text: 'Continuez là où vous vous connectez.' },
  denied: {
    title: 'Refusé',
    text: 'Personne n’entre avec cette demande. Si vous n’essayiez pas de vous connecter, changez votre mot de passe et prévenez votre assistance.',
  },
  mismatched: {
    title: 'Ce n’était pas le bon nombre',
    text: 'La demande est terminée et personne n’entre. Si c’est vous qui vous connectez, réessayez là-bas et comparez le nombre.',
  },
  gone: {
    title: 'La demande est terminée',
    text: 'Elle a déjà reçu une réponse, a expiré ou a été remplacée par une plus récente. Si vous voulez toujours vous connecter, réessayez là-bas.',
  },
  locked: {
    title: 'L’approbation est bloquée pour un moment',
    text: 'Trop de demandes ont été refusées ou ont échoué. Réessayez plus tard, ou adressez-vous à votre assistance.',
  },
  revoked: {
    title: 'Cet appareil ne peut plus être utilisé',
    text: 'Il a été supprimé ou désactivé. Si ce n’était pas vous, prévenez votre assistance. Pour l’utiliser à nouveau, configurez-le encore une fois.',
  },
  offline: { title: 'Pas de connexion', text: 'Le serveur est injoignable. La page réessaie d’elle-même.' },
  back: 'Retour',

  signal: { title: 'Une connexion vous attend', body: 'Ouvrez pour la voir. Ce n’est pas vous ? Alors refusez.' },
};
