import type { EnrolmentTexts } from './en.js';

export const fr: EnrolmentTexts = {
  service: 'Configurer la connexion',

  landing: {
    title: 'Configurez votre authentificateur',
    lead: (domain) =>
      `Vous configurez ici le moyen de prouver votre identité lorsque vous vous connectez chez ${domain}. Cela prend quelques minutes.`,
    item: 'À configurer',
    keyAddress: 'Pour une clé de sécurité, ouvrez ce lien à l’adresse',
  },

  choice: {
    title: 'Que souhaitez-vous configurer ?',
    lead: 'Choisissez un élément. Vous pourrez revenir ici et en configurer un autre jusqu’à ce que vous appuyiez sur « J’ai terminé ».',
    stored: (name) => `Configuré : ${name}. Valable dès maintenant.`,
    inUse: 'Utilisé',
    used: (filled, all) => `${filled} sur ${all} utilisés`,
    finish: 'J’ai terminé',
    nothing: 'Il n’y a rien ici que vous puissiez configurer. Veuillez vous adresser à votre assistance.',
  },

  items: {
    Token: { name: 'Application ou jeton à codes', text: 'Affiche un nouveau code toutes les quelques secondes.' },
    FIDO: {
      name: 'Clé de sécurité ou clé d’accès',
      text: 'Une clé sur votre porte-clés, ou votre téléphone ou ordinateur lui-même.',
    },
    PINCode: { name: 'Code PIN', text: 'Des chiffres ou des lettres que vous tapez devant un code.' },
    AppKeys: { name: 'Mot de passe d’application', text: 'Pour un programme qui ne peut pas demander de code.' },
    OTPList: { name: 'Liste de codes sur papier', text: 'Chacun fonctionne une seule fois.' },
    GridCard: { name: 'Carte matricielle', text: 'Une carte sur papier ; on vous demande certaines de ses cases.' },
    GridGo: {
      name: 'Chemin sur une grille',
      text: 'Vous retenez un chemin, l’écran affiche chaque fois une nouvelle grille.',
    },
    Push: {
      name: 'Approuver sur ce téléphone ou navigateur',
      text: 'Il affiche une demande quand vous vous connectez.',
    },
    EmergencyCode: { name: 'Code d’urgence', text: 'Pour le jour où vous n’avez rien d’autre sous la main.' },
    Questions: { name: 'Questions de sécurité', text: 'Des réponses que vous seul connaissez.' },
    SSHKey: { name: 'Clé SSH', text: 'Pour se connecter à des serveurs.' },
    Certificate: { name: 'Certificat', text: 'Pour prouver votre identité à des programmes et des sites web.' },
  },

  slot: {
    heading: 'Emplacement',
    free: 'libre',
    filled: (name) => `utilisé : ${name}`,
    replace: (name) => `Remplacer « ${name} ». Il cesse de fonctionner dès que le nouveau fonctionne.`,
    confirm: 'Oui, remplacer',
  },

  back: 'Choisir autre chose',
  next: 'Continuer',
  code: 'Code',

  app: {
    title: 'Configurez une application d’authentification',
    lead: 'Il vous faut une application sur votre téléphone qui affiche des codes, par exemple Google Authenticator, Microsoft Authenticator, FreeOTP ou un gestionnaire de mots de passe.',
    begin: 'J’ai une telle application',
    scanTitle: 'Scannez cette image avec l’application',
    scan: 'Ouvrez l’application, choisissez « ajouter » et pointez l’appareil photo vers l’image.',
    picture: 'Code QR pour votre application d’authentification',
    byHand: 'Impossible de scanner ?',
    key: 'Saisissez plutôt cette clé dans l’application',
    kind: 'Type de code',
    time: (digits, seconds) => `basé sur l’heure, ${digits} chiffres, ${seconds} secondes`,
    open: 'Ouvrir dans une application sur cet appareil',
    prove: 'Saisissez ensuite le code affiché par l’application',
    save: 'Terminer',
    fresh: 'Afficher une nouvelle image',
    empty: 'Saisissez le code affiché par l’application.',
  },

  once: {
    warning:
      'Ceci n’est affiché que cette seule fois. Copiez-le ou notez-le maintenant ; ensuite, personne ne pourra plus l’afficher, pas même votre assistance.',
  },

  pin: {
    title: 'Configurez un code PIN',
    lead: 'Vous le saisissez devant les codes de votre jeton ou de votre application.',
    label: 'Code PIN',
    hint: (min, max) =>
      `De ${min} à ${max} lettres et chiffres, sans accents. Majuscules et minuscules sont différentes.`,
    again: 'Code PIN encore une fois',
    type: 'Saisissez-le une fois pour montrer que vous l’avez',
    drawn: 'Votre code PIN',
    save: 'Enregistrer le code PIN',
    generate: 'En créer un pour moi',
    form: 'Un code PIN comporte de 4 à 64 lettres et chiffres, rien d’autre.',
    differ: 'Les deux saisies ne sont pas identiques.',
  },

  appKeys: {
    title: 'Créez un mot de passe d’application',
    lead: 'Pour un programme de messagerie ou un autre qui demande un mot de passe et ne peut pas demander de code. Il vaut pour ce seul programme, à la place de votre propre mot de passe.',
    client: 'Pour quel programme est-il ?',
    clientHint: 'Par exemple : messagerie sur mon téléphone',
    empty: 'Indiquez pour quel programme il est, afin de le retrouver.',
    length: 'Caractères',
    days: 'Jours de validité',
    daysHint: (max) => `${max} au plus`,
    issue: 'Créer le mot de passe',
    issued: 'Votre mot de passe d’application',
    password: 'Saisissez-le ou collez-le dans le programme',
  },

  done: {
    title: 'C’est terminé',
    lead: (name) => `${name} est configuré et fonctionne dès maintenant.`,
    nextHeading: 'Bon à savoir',
    notice:
      'Nous vous envoyons un message pour chaque changement de ce type. Ce n’était pas vous ? Le message indique quoi faire.',
    links: 'Le lien que vous avez utilisé ne fonctionne plus.',
    close: 'Vous pouvez maintenant fermer cette page.',
    home: 'Retour à votre compte',
  },

  ended: {
    title: 'Cette page est fermée',
    texts: [
      'Elle se ferme après un moment sans étape, après plusieurs saisies erronées et lorsque tout a été configuré.',
      'S’il reste quelque chose à configurer, veuillez demander un nouveau lien à votre assistance.',
    ],
  },
};
