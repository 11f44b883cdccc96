import type { Language } from '../../core/web/language/languages.js';

/** What people call the items of manager-json-rpc section 5, the slots that they fill, and what a user request is for. */
const NAMES: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  Token: {
    en: 'one-time password token',
    de: 'Einmalpasswort-Token',
    fr: 'jeton à mot de passe unique',
    ru: 'токен одноразовых паролей',
  },
  FIDO: {
    en: 'security key or passkey',
    de: 'Sicherheitsschlüssel oder Passkey',
    fr: 'clé de sécurité ou clé d’accès',
    ru: 'ключ безопасности или passkey',
  },
  PINCode: { en: 'PIN code', de: 'PIN-Code', fr: 'code PIN', ru: 'PIN-код' },
  AppKey: { en: 'application password', de: 'App-Passwort', fr: 'mot de passe d’application', ru: 'пароль приложения' },
  AppKeys: {
    en: 'application passwords',
    de: 'App-Passwörter',
    fr: 'mots de passe d’application',
    ru: 'пароли приложений',
  },
  OTPList: {
    en: 'list of one-time passwords',
    de: 'Liste mit Einmalpasswörtern',
    fr: 'liste de mots de passe uniques',
    ru: 'список одноразовых паролей',
  },
  GridCard: { en: 'grid card', de: 'Gitterkarte', fr: 'carte matricielle', ru: 'карта-сетка' },
  GridGo: { en: 'path on a grid', de: 'Pfad auf einem Gitter', fr: 'chemin sur une grille', ru: 'путь по сетке' },
  EmergencyCode: { en: 'emergency code', de: 'Notfallcode', fr: 'code d’urgence', ru: 'аварийный код' },
  SSHKey: { en: 'SSH key', de: 'SSH-Schlüssel', fr: 'clé SSH', ru: 'ключ SSH' },
  Certificate: { en: 'certificate', de: 'Zertifikat', fr: 'certificat', ru: 'сертификат' },
  Questions: {
    en: 'security questions',
    de: 'Sicherheitsfragen',
    fr: 'questions de sécurité',
    ru: 'контрольные вопросы',
  },
  Push: {
    en: 'device for confirmations',
    de: 'Gerät für Bestätigungen',
    fr: 'appareil de confirmation',
    ru: 'устройство для подтверждений',
  },
  PasswordSet: { en: 'choose a password', de: 'Passwort wählen', fr: 'choisir un mot de passe', ru: 'выбор пароля' },
  PasswordReset: {
    en: 'set a new password',
    de: 'neues Passwort festlegen',
    fr: 'choisir un nouveau mot de passe',
    ru: 'новый пароль',
  },
  UnlockAccount: {
    en: 'unlock the account',
    de: 'Konto entsperren',
    fr: 'débloquer le compte',
    ru: 'разблокировка учётной записи',
  },
  LogIn: { en: 'log in', de: 'anmelden', fr: 'se connecter', ru: 'вход' },
  Confirmation: {
    en: 'confirm a request in your name',
    de: 'einen Auftrag in Ihrem Namen bestätigen',
    fr: 'confirmer une demande en votre nom',
    ru: 'подтверждение запроса от вашего имени',
  },
};

/** The name of an item in a person's words; numbered ones keep their number, unknown ones stay as they are. */
export function itemName(item: string, language: Language): string {
  const [, family = item, number = ''] = /^([A-Za-z]+?)(\d*)$/.exec(item) ?? [];
  const name = NAMES[family]?.[language];
  if (name === undefined) return item;
  return number === '' ? name : `${name} ${number}`;
}
