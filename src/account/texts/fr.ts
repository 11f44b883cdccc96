import type { AccountTexts } from './en.js';

export const fr: AccountTexts = {
  service: 'Votre compte',

  logIn: {
    title: 'Se connecter',
    domain: 'Domaine',
    login: 'Identifiant',
    password: 'Mot de passe',
    button: 'Se connecter',
    domainMissing: 'Saisissez le nom de votre domaine.',
    loginMissing: 'Saisissez votre identifiant.',
    passwordMissing: 'Saisissez votre mot de passe.',
    refused:
      'Le domaine, l’identifiant et le mot de passe ne vont pas ensemble, ou vous ne pouvez pas vous connecter pour le moment.',
    forgotten: 'Mot de passe oublié, ou pas encore de compte ?',
  },

  notAnyMore: {
    title: 'Votre mot de passe doit d’abord être changé',
    texts: [
      'C’est le bon, mais il a expiré, ou votre administrateur souhaite que vous en choisissiez un autre avant de continuer.',
      'Demandez un lien pour en choisir un nouveau, ou adressez-vous à votre assistance. Connectez-vous ensuite avec le nouveau mot de passe.',
    ],
    link: 'Demander un lien pour un nouveau mot de passe',
    back: 'Retour à la connexion',
  },

  notices: {
    'signed-out': 'Vous êtes déconnecté.',
    'password-changed':
      'Votre mot de passe est changé. Toutes les autres sessions et tous les liens en attente ont pris fin.',
    'pin-changed': 'Votre code PIN est changé. L’ancien ne fonctionne plus.',
    'emergency-code-sent': 'Un code d’urgence est en route vers votre boîte de réception.',
    'authenticator-renamed': 'Le nouveau nom est enregistré.',
    'authenticator-removed': 'L’authentificateur est retiré. Il ne fonctionne plus.',
    'request-cancelled': 'C’est annulé. Plus personne ne peut l’utiliser.',
    'session-ended': 'La session a pris fin.',
    'other-sessions-ended': 'Vous êtes déconnecté partout ailleurs.',
    unchanged: 'C’était déjà terminé. Rien n’a été modifié.',
  },

  home: {
    title: 'Votre compte',
    name: 'Nom',
    login: 'Identifiant',
    domain: 'Domaine',
    mail: 'Adresse e-mail',
    phone: 'Téléphone',
    none: 'non renseigné',
    before: 'Connexion précédente',
    changePassword: 'Changer de mot de passe',
    changePin: 'Changer de code PIN',
    emergencyCodes: 'Code d’urgence',
    signOut: 'Se déconnecter',
  },

  authenticators: {
    title: 'Comment vous prouvez qui vous êtes',
    lead: 'Applications, clés, cartes et codes configurés pour vous.',
    none: 'Rien n’est encore configuré en dehors de votre mot de passe. Une application d’authentification ou une clé de sécurité arrête ceux qui auraient découvert votre mot de passe.',
    kind: 'Type',
    serial: 'Numéro de série',
    added: 'Ajouté',
    used: 'Dernière utilisation',
    never: 'jamais',
    notUsable: 'inutilisable pour le moment',
    manage: 'Renommer ou retirer',
    add: 'Ajouter',
  },

  authenticator: {
    name: 'Nom',
    nameHint: 'Par exemple : mon téléphone. Laissez vide pour n’en donner aucun.',
    save: 'Enregistrer le nom',
    removeTitle: 'Retirer',
    remove: 'Le retirer',
    removeText:
      'Il cesse de fonctionner aussitôt et ne peut pas être rétabli. Nous vous envoyons un message à ce sujet.',
    last: 'C’est votre seul second facteur. Une fois retiré, seul votre mot de passe protège votre compte : quiconque le découvre peut entrer.',
    back: 'Retour à votre compte',
  },

  add: {
    title: 'Ajouter un authentificateur',
    lead: 'Vous pouvez configurer des applications, des clés, des cartes et des codes, autant que vous le souhaitez. Nous vous envoyons un message pour chacun.',
    button: 'Choisir ce qui sera configuré',
  },

  requests: {
    title: 'Liens et demandes en attente',
    lead: 'Ce qui a été créé pour vous et n’a pas encore servi. Annulez ce que vous n’attendiez pas.',
    none: 'Il n’y a rien en attente.',
    by: 'Créé par',
    somebody: 'une personne non connectée',
    server: 'ce service',
    yourself: 'vous-même',
    made: 'Créé',
    until: 'Valable jusqu’au',
    opened: 'ouvert et non terminé',
    cancel: 'Annuler',
    names: {
      enrolment: 'Configurer un authentificateur',
      'new-password': 'Choisir un nouveau mot de passe',
      'first-password': 'Choisir un premier mot de passe',
      registration: 'Confirmer un nouveau compte',
      unlock: 'Déverrouiller le compte',
      'log-in': 'Se connecter sans mot de passe',
      custom: 'Une tâche en votre nom',
      other: 'Un lien ou un code',
    },
  },

  sessions: {
    title: 'Où vous êtes connecté',
    lead: 'Navigateurs et programmes connectés en votre nom.',
    this: 'celle-ci',
    program: 'Programme',
    unknown: 'Navigateur inconnu',
    on: (browser, system) => `${browser} sur ${system}`,
    address: 'Adresse',
    begun: 'Début',
    used: 'Dernière utilisation',
    end: 'Fermer',
    endOthers: 'Se déconnecter partout ailleurs',
  },

  confirm: {
    title: 'Confirmez que c’est bien vous',
    password: 'Avant de continuer, saisissez votre mot de passe.',
    both: 'Avant de continuer, saisissez votre mot de passe. Votre second facteur vient ensuite.',
    factor: 'Avant de continuer, présentez votre second facteur.',
    label: 'Mot de passe',
    button: 'Continuer',
    empty: 'Saisissez votre mot de passe.',
    wrong: 'Ce n’est pas votre mot de passe, ou il ne peut pas être vérifié pour le moment.',
    lasts: (span) => `Cela ne vous sera plus demandé pendant ${span}.`,
    back: 'Retour à votre compte',
  },

  ended: {
    title: 'Cela a pris trop de temps',
    texts: [
      'Cette étape est fermée : elle était déjà franchie, trop de temps s’est écoulé, ou il y a eu trop de saisies incorrectes.',
    ],
    back: 'Recommencer',
  },

  password: {
    title: 'Changez votre mot de passe',
    account: 'Compte',
    save: 'Enregistrer le mot de passe',
    before:
      'Une fois enregistré, toutes vos autres sessions et tous les liens en attente prennent fin. Nous vous envoyons un message à ce sujet.',
    back: 'Retour à votre compte',
  },

  pin: {
    title: 'Changez votre code PIN',
    lead: 'Vous le saisissez devant les codes de votre jeton ou de votre application. Le nouveau remplace celui que vous avez.',
    label: 'Nouveau code PIN',
    hint: (min, max) =>
      `De ${min} à ${max} lettres et chiffres, sans accents. Majuscules et minuscules sont différentes.`,
    again: 'Nouveau code PIN encore une fois',
    save: 'Enregistrer le code PIN',
    form: 'Un code PIN comporte de 4 à 64 lettres et chiffres, rien d’autre.',
    differ: 'Les deux saisies ne sont pas identiques.',
    before: 'L’ancien cesse de fonctionner aussitôt. Nous vous envoyons un message à ce sujet.',
    back: 'Retour à votre compte',
  },

  emergencyCodes: {
    title: 'Faites-vous envoyer un code d’urgence',
    lead: 'Pour le jour où votre téléphone ou votre clé est perdu. Il sert une fois, à la place de votre second facteur, et arrive par e-mail.',
    address: 'Envoyé à',
    noAddress:
      'Aucune adresse e-mail n’est connue à laquelle il pourrait être envoyé. Adressez-vous à votre assistance.',
    working: 'Vos codes',
    until: 'Dernier jusqu’au',
    send: 'M’envoyer un code',
    enough: 'Vous avez autant de codes que permis. Utilisez-en un, ou retirez-en un sur la page de votre compte.',
    keep: 'Notez le code, gardez-le avec vos papiers importants et supprimez le message : quiconque le lit possède votre second facteur.',
    back: 'Retour à votre compte',
  },
};
