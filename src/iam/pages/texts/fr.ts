import type { AppRootTexts } from './en.js';

export const fr: AppRootTexts = {
  service: 'Votre compte',
  scripts: {
    title: 'Cette page a besoin de JavaScript',
    text: 'JavaScript est désactivé dans ce navigateur. Activez-le et rechargez la page, ou ouvrez votre lien dans un autre navigateur. Ouvrir un lien ne l’épuise pas.',
  },
  loading: { title: 'Un instant', text: 'Nous vérifions votre lien.' },

  logIn: {
    title: 'Se connecter',
    domain: 'Domaine',
    login: 'Identifiant',
    password: 'Mot de passe',
    button: 'Se connecter',
    forgot: 'Mot de passe oublié',
    register: 'S’inscrire',
    loggedOut: 'Vous êtes déconnecté.',
    over: 'Votre session est terminée. Veuillez vous reconnecter.',
  },

  register: {
    title: 'S’inscrire',
    lead: 'Vous recevrez un e-mail avec un lien. Votre compte est créé quand vous y choisissez un mot de passe.',
    domain: 'Domaine',
    login: 'Identifiant',
    loginHint: 'Lettres de A à Z, chiffres et _\u00A0-\u00A0.\u00A0~\u00A0!',
    name: 'Nom',
    email: 'Adresse e-mail',
    button: 'S’inscrire',
    back: 'Retour à la connexion',
  },
  mailed: {
    title: 'Consultez votre messagerie',
    text: 'Nous vous avons envoyé un e-mail avec un lien. Ouvrez-le et choisissez un mot de passe.',
  },

  forgot: {
    title: 'Mot de passe oublié',
    lead: 'Vous recevrez un e-mail avec un lien pour choisir un nouveau mot de passe.',
    key: 'Identifiant ou adresse e-mail',
    domain: 'Domaine',
    domainHint: 'Peut rester vide avec une adresse e-mail',
    button: 'Envoyer le lien',
  },
  asked: {
    title: 'Consultez votre messagerie',
    text: 'Si un compte correspond à votre saisie, un e-mail avec un lien est en route. Rien après quelques minutes ? Vérifiez votre saisie, ou adressez-vous à votre support.',
  },

  password: {
    first: 'Choisissez votre mot de passe',
    new: 'Choisissez un nouveau mot de passe',
    login: 'Identifiant',
    domain: 'Domaine',
    save: 'Enregistrer le mot de passe',
  },
  dead: {
    title: 'Ce lien n’est plus valable',
    text: 'Il a déjà servi, a expiré ou a été remplacé par un plus récent.',
    ask: 'Demander un nouveau lien',
    invite: 'Demandez-en un nouveau à la personne qui vous a invité.',
    logIn: 'Se connecter',
  },
  taken: {
    title: 'Votre identifiant ne peut pas être utilisé',
    text: 'Il a été pris entre-temps, ou n’est pas accepté. Veuillez vous inscrire à nouveau avec un autre.',
    button: 'S’inscrire à nouveau',
  },
  away: { again: 'Réessayer' },
  done: {
    account: 'Votre compte est prêt',
    accountText: 'Vous pouvez maintenant vous connecter avec votre nouveau mot de passe.',
    password: 'Votre nouveau mot de passe est en place',
    passwordText: 'Connectez-vous désormais avec celui-ci. Toutes vos autres sessions sont terminées.',
    button: 'Se connecter',
  },

  account: {
    title: 'Vous êtes connecté',
    name: 'Nom',
    login: 'Identifiant',
    domain: 'Domaine',
    change: 'Changer le mot de passe',
    more: 'Vos authentificateurs, liens et sessions',
    logOut: 'Se déconnecter',
    changed: 'Votre mot de passe a été changé. Vos autres sessions sont terminées.',
  },
  own: {
    title: 'Changez votre mot de passe',
    current: 'Mot de passe actuel',
    save: 'Enregistrer le nouveau mot de passe',
    back: 'Retour',
  },

  fields: {
    domainMissing: 'Saisissez le domaine.',
    domainClosed: 'L’inscription n’est pas ouverte dans ce domaine.',
    loginMissing: 'Saisissez un identifiant.',
    loginShape: 'Un identifiant compte 1 à 100 signes : lettres de A à Z, chiffres et _\u00A0-\u00A0.\u00A0~\u00A0!',
    loginTaken: 'Quelqu’un a déjà cet identifiant. Choisissez-en un autre.',
    nameMissing: 'Saisissez votre nom.',
    nameShape: 'Ce nom ne peut pas être utilisé. Il doit tenir sur une ligne de texte.',
    emailMissing: 'Saisissez votre adresse e-mail.',
    emailShape: 'Ce n’est pas une adresse e-mail. Elle ressemble à nom@example.org.',
    keyMissing: 'Saisissez votre identifiant ou votre adresse e-mail.',
    passwordMissing: 'Saisissez votre mot de passe.',
    currentMissing: 'Saisissez votre mot de passe actuel.',
    currentWrong: 'Ce n’est pas votre mot de passe actuel.',
    symbols: 'Seulement des lettres de A à Z, des chiffres et _\u00A0-\u00A0.\u00A0~\u00A0!',
  },
  problems: {
    heading: 'Cela n’a pas encore fonctionné',
    wrong: 'Le domaine, l’identifiant ou le mot de passe n’est pas correct.',
    expired:
      'Votre mot de passe doit être remplacé avant que vous puissiez vous connecter. Choisissez « Mot de passe oublié » pour recevoir un lien.',
    off: 'Ce n’est pas possible ici. Veuillez vous adresser à votre support.',
    offline: 'Le serveur est injoignable. Rien n’a été modifié. Veuillez réessayer.',
    wait: 'Une demande est venue de votre réseau il y a peu. Vous pourrez envoyer la vôtre dans',
    banned: 'Il y a eu trop de tentatives échouées depuis votre réseau. Vous pourrez réessayer dans',
  },
};
