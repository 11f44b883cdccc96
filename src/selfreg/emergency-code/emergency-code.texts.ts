import type { Language } from '../../core/web/language/languages.js';

const en = {
  title: 'Make an emergency code',
  lead: 'For the day when your phone or key is lost. It works once, instead of another code. Keep it where you keep important papers.',
  make: 'Make the code',
  made: 'Your emergency code',
  label: 'Keep this code',
  until: 'Works until',
};
type EmergencyCodeTexts = typeof en;

const de: EmergencyCodeTexts = {
  title: 'Erzeugen Sie einen Notfallcode',
  lead: 'Für den Tag, an dem Telefon oder Schlüssel verloren sind. Er gilt einmal, anstelle eines anderen Codes. Bewahren Sie ihn bei Ihren wichtigen Papieren auf.',
  make: 'Code erzeugen',
  made: 'Ihr Notfallcode',
  label: 'Bewahren Sie diesen Code auf',
  until: 'Gilt bis',
};

const fr: EmergencyCodeTexts = {
  title: 'Créez un code d’urgence',
  lead: 'Pour le jour où votre téléphone ou votre clé est perdu. Il sert une fois, à la place d’un autre code. Gardez-le avec vos papiers importants.',
  make: 'Créer le code',
  made: 'Votre code d’urgence',
  label: 'Gardez ce code',
  until: 'Valable jusqu’au',
};

const ru: EmergencyCodeTexts = {
  title: 'Создайте аварийный код',
  lead: 'На случай, если телефон или ключ потеряны. Он действует один раз вместо другого кода. Храните его там же, где важные бумаги.',
  make: 'Создать код',
  made: 'Ваш аварийный код',
  label: 'Сохраните этот код',
  until: 'Действует до',
};

export const EMERGENCY_CODE_TEXTS: Readonly<Record<Language, EmergencyCodeTexts>> = { en, de, fr, ru };
