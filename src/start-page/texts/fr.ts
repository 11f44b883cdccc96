import type { StartPageTexts } from './en.js';

export const fr = {
  eyebrow: 'Bienvenue',
  title: 'Latchkey est en marche',
  lead: 'Avec sa propre base de données, un monde de démonstration et une boîte aux lettres à la place du courriel et des SMS. Tout reste sur cette machine : le serveur n’écoute que sur l’adresse de bouclage.',
  tryHeading: 'Essayer',
  tryText:
    'Envoyez à Jane Doe un lien pour réinitialiser son mot de passe, comme le ferait le portail d’un service d’assistance :',
  copy: 'Copier',
  copied: 'Copié.',
  tryThen: 'Ouvrez ensuite le lien de son message dans la boîte aux lettres et définissez un nouveau mot de passe.',
  lookHeading: 'Explorer',
  mailbox: 'Boîte aux lettres',
  mailboxText: 'ce qui a été envoyé par courriel et SMS',
  card: 'Carte matricielle',
  cardText: 'celle de Jane Doe, pour répondre aux questions sur ses cases',
  signIn: 'Page de connexion',
  signInText: 'se connecter, s’inscrire, mot de passe oublié',
  account: 'Votre compte',
  accountText: 'authentificateurs, liens et sessions des personnes connectées',
  device: 'Appareil push',
  deviceText: 'approuver des connexions dans ce navigateur',
  docs: 'Documentation de l’API',
  docsText: 'toutes les méthodes, à lire et à appeler',
  health: 'État',
  healthText: 'base de données et annuaires',
  warning:
    'Les mots de passe du monde de démonstration sont publics. Pour de vraies personnes, démarrez le serveur avec DATABASE_URL ; le monde de démonstration et la boîte aux lettres n’existent alors pas.',
} satisfies StartPageTexts;
