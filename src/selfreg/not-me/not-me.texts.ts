import type { Language } from '../../core/web/language/languages.js';

const en = {
  service: 'Your ways to sign in',
  title: 'Was this not you?',
  lead: 'A new way to sign in was set up for your account. If it was you, close this page: nothing changes.',
  what: 'Set up',
  account: 'Account',
  when: 'When',
  effect:
    'If it was not you, stop it. It does not work any more from then on, and links that are open for your account end.',
  stop: 'It was not me: stop it',
  doneTitle: 'It is stopped',
  done: (name: string) => `This does not work any more: ${name}.`,
  nextHeading: 'What to do next',
  next: [
    'Somebody may know your password. Change it now.',
    'Tell your help desk what happened. They can look at what was done, and set up a new way for you.',
  ],
};
type NotMeTexts = typeof en;

const de: NotMeTexts = {
  service: 'Ihre Wege zur Anmeldung',
  title: 'Waren Sie das nicht?',
  lead: 'Für Ihr Konto wurde ein neuer Weg zur Anmeldung eingerichtet. Waren Sie es selbst, schließen Sie diese Seite: es ändert sich nichts.',
  what: 'Eingerichtet',
  account: 'Konto',
  when: 'Wann',
  effect: 'Waren Sie es nicht, halten Sie es an. Es gilt dann nicht mehr, und offene Links für Ihr Konto enden.',
  stop: 'Das war ich nicht: anhalten',
  doneTitle: 'Angehalten',
  done: (name) => `Das gilt nicht mehr: ${name}.`,
  nextHeading: 'Was jetzt zu tun ist',
  next: [
    'Vielleicht kennt jemand Ihr Passwort. Ändern Sie es jetzt.',
    'Sagen Sie Ihrem Helpdesk, was geschehen ist. Er kann nachsehen, was getan wurde, und Ihnen einen neuen Weg einrichten.',
  ],
};

const fr: NotMeTexts = {
  service: 'Vos moyens de connexion',
  title: 'Ce n’était pas vous ?',
  lead: 'Un nouveau moyen de connexion a été configuré pour votre compte. Si c’était vous, fermez cette page : rien ne change.',
  what: 'Configuré',
  account: 'Compte',
  when: 'Quand',
  effect:
    'Si ce n’était pas vous, arrêtez-le. Il ne fonctionne alors plus, et les liens ouverts pour votre compte prennent fin.',
  stop: 'Ce n’était pas moi : arrêter',
  doneTitle: 'C’est arrêté',
  done: (name) => `Ceci ne fonctionne plus : ${name}.`,
  nextHeading: 'Que faire maintenant',
  next: [
    'Quelqu’un connaît peut-être votre mot de passe. Changez-le maintenant.',
    'Dites à votre assistance ce qui s’est passé. Elle peut voir ce qui a été fait et vous configurer un nouveau moyen.',
  ],
};

const ru: NotMeTexts = {
  service: 'Ваши способы входа',
  title: 'Это были не вы?',
  lead: 'Для вашей учётной записи настроен новый способ входа. Если это были вы, закройте страницу: ничего не изменится.',
  what: 'Настроено',
  account: 'Учётная запись',
  when: 'Когда',
  effect:
    'Если это были не вы, остановите его. После этого он не действует, а открытые ссылки для вашей учётной записи закрываются.',
  stop: 'Это был не я: остановить',
  doneTitle: 'Остановлено',
  done: (name) => `Больше не действует: ${name}.`,
  nextHeading: 'Что делать дальше',
  next: [
    'Возможно, кто-то знает ваш пароль. Смените его сейчас.',
    'Сообщите службе поддержки, что случилось. Она посмотрит, что было сделано, и настроит вам новый способ.',
  ],
};

export const NOT_ME_TEXTS: Readonly<Record<Language, NotMeTexts>> = { en, de, fr, ru };
