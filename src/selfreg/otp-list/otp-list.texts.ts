import type { Language } from '../../core/web/language/languages.js';

const en = {
  title: 'Make a list of codes',
  lead: 'A list for your wallet or your safe. Each code works once; cross it out when you have used it.',
  size: 'How many codes?',
  make: 'Make the list',
  low: (left: number) => `Codes left on the list that you have now: ${left}. Time for a new one.`,
  listTitle: 'Your list of codes',
  listLead: 'Print the list or keep it in a safe place now. Nobody can show it again when you leave this page.',
  prove: 'Then show that you have it',
  code: (number: number) => `Code number ${number}`,
  hint: 'It is used up with this.',
  save: 'Finish',
  fresh: 'Make another list',
  empty: (number: number) => `Type the code with number ${number}.`,
  file: 'codes.txt',
};
type OtpListTexts = typeof en;

const de: OtpListTexts = {
  title: 'Erzeugen Sie eine Liste mit Codes',
  lead: 'Eine Liste für die Brieftasche oder den Tresor. Jeder Code gilt einmal; streichen Sie ihn, wenn Sie ihn verwendet haben.',
  size: 'Wie viele Codes?',
  make: 'Liste erzeugen',
  low: (left) => `Auf Ihrer jetzigen Liste sind noch übrig: ${left}. Zeit für eine neue.`,
  listTitle: 'Ihre Liste mit Codes',
  listLead:
    'Drucken Sie die Liste oder bewahren Sie sie jetzt sicher auf. Wenn Sie diese Seite verlassen, kann sie niemand mehr zeigen.',
  prove: 'Zeigen Sie dann, dass Sie sie haben',
  code: (number) => `Code Nummer ${number}`,
  hint: 'Er ist damit verbraucht.',
  save: 'Fertigstellen',
  fresh: 'Eine andere Liste erzeugen',
  empty: (number) => `Geben Sie den Code mit der Nummer ${number} ein.`,
  file: 'codes.txt',
};

const fr: OtpListTexts = {
  title: 'Créez une liste de codes',
  lead: 'Une liste pour votre portefeuille ou votre coffre. Chaque code sert une fois ; barrez-le quand vous l’avez utilisé.',
  size: 'Combien de codes ?',
  make: 'Créer la liste',
  low: (left) => `Codes restants sur votre liste actuelle : ${left}. Il est temps d’en faire une nouvelle.`,
  listTitle: 'Votre liste de codes',
  listLead:
    'Imprimez la liste ou gardez-la en lieu sûr maintenant. Une fois cette page quittée, personne ne peut plus la montrer.',
  prove: 'Montrez ensuite que vous l’avez',
  code: (number) => `Code numéro ${number}`,
  hint: 'Il est alors utilisé.',
  save: 'Terminer',
  fresh: 'Créer une autre liste',
  empty: (number) => `Saisissez le code numéro ${number}.`,
  file: 'codes.txt',
};

const ru: OtpListTexts = {
  title: 'Создайте список кодов',
  lead: 'Список для бумажника или сейфа. Каждый код действует один раз; использованный вычеркните.',
  size: 'Сколько кодов?',
  make: 'Создать список',
  low: (left) => `В вашем нынешнем списке осталось кодов: ${left}. Пора создать новый.`,
  listTitle: 'Ваш список кодов',
  listLead:
    'Напечатайте список или сохраните его в надёжном месте сейчас. Когда вы уйдёте с этой страницы, показать его снова будет нельзя.',
  prove: 'Затем покажите, что он у вас',
  code: (number) => `Код номер ${number}`,
  hint: 'После этого он использован.',
  save: 'Готово',
  fresh: 'Создать другой список',
  empty: (number) => `Введите код номер ${number}.`,
  file: 'codes.txt',
};

export const OTP_LIST_TEXTS: Readonly<Record<Language, OtpListTexts>> = { en, de, fr, ru };
