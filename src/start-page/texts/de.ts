import type { StartPageTexts } from './en.js';

export const de = {
  eyebrow: 'Willkommen',
  title: 'Latchkey läuft',
  lead: 'Mit eigener Datenbank, einer Demowelt zum Ausprobieren und einem Postfach anstelle von Mail und SMS. Alles bleibt auf diesem Rechner: Der Server ist nur über die Loopback-Adresse erreichbar.',
  tryHeading: 'Ausprobieren',
  tryText: 'Schicken Sie Jane Doe einen Link zum Zurücksetzen ihres Passworts, so wie es ein Helpdesk-Portal täte:',
  copy: 'Kopieren',
  copied: 'Kopiert.',
  tryThen: 'Öffnen Sie dann den Link aus ihrer Nachricht im Postfach und legen Sie ein neues Passwort fest.',
  lookHeading: 'Umsehen',
  mailbox: 'Postfach',
  mailboxText: 'was per Mail und SMS verschickt wurde',
  card: 'Gitterkarte',
  cardText: 'die von Jane Doe, um Fragen nach Feldern zu beantworten',
  signIn: 'Anmeldeseite',
  signInText: 'anmelden, registrieren, Passwort vergessen',
  account: 'Ihr Konto',
  accountText: 'Authentifikatoren, Links und Sitzungen, für Angemeldete',
  device: 'Push-Gerät',
  deviceText: 'Anmeldungen in diesem Browser freigeben',
  docs: 'API-Dokumentation',
  docsText: 'alle Methoden zum Lesen und Aufrufen',
  health: 'Zustand',
  healthText: 'Datenbank und Verzeichnisse',
  warning:
    'Die Passwörter der Demowelt sind öffentlich. Für echte Menschen starten Sie den Server mit DATABASE_URL; Demowelt und Postfach gibt es dann nicht.',
} satisfies StartPageTexts;
