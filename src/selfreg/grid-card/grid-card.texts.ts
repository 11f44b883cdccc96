import type { Language } from '../../core/web/language/languages.js';

const en = {
  title: 'Make a grid card',
  lead: 'A card on paper with rows and columns. When you sign in you are asked for some of its cells.',
  make: 'Make the card',
  cardTitle: 'Your grid card',
  cardLead: 'Print the card or keep it in a safe place now. Nobody can show it again when you leave this page.',
  large: 'Show it in large print',
  normal: 'Show it in normal size',
  pdf: 'PDF for printing, one sheet',
  largePdf: 'PDF in large print, two sheets',
  prove: 'Then show that you can read it',
  cells: (labels: string) => `What stands in the cells ${labels}?`,
  hint: 'Column by its letter, row by its number. Type the signs one after the other.',
  save: 'Finish',
  fresh: 'Make another card',
  empty: 'Type what stands in the cells.',
};
type GridCardTexts = typeof en;

const de: GridCardTexts = {
  title: 'Erzeugen Sie eine Gitterkarte',
  lead: 'Eine Karte auf Papier mit Zeilen und Spalten. Bei der Anmeldung werden Sie nach einigen Feldern gefragt.',
  make: 'Karte erzeugen',
  cardTitle: 'Ihre Gitterkarte',
  cardLead:
    'Drucken Sie die Karte oder bewahren Sie sie jetzt sicher auf. Wenn Sie diese Seite verlassen, kann sie niemand mehr zeigen.',
  large: 'In großer Schrift anzeigen',
  normal: 'In normaler Größe anzeigen',
  pdf: 'PDF zum Drucken, ein Blatt',
  largePdf: 'PDF in großer Schrift, zwei Blätter',
  prove: 'Zeigen Sie dann, dass Sie sie lesen können',
  cells: (labels) => `Was steht in den Feldern ${labels}?`,
  hint: 'Spalte nach dem Buchstaben, Zeile nach der Zahl. Geben Sie die Zeichen hintereinander ein.',
  save: 'Fertigstellen',
  fresh: 'Eine andere Karte erzeugen',
  empty: 'Geben Sie ein, was in den Feldern steht.',
};

const fr: GridCardTexts = {
  title: 'Créez une carte matricielle',
  lead: 'Une carte sur papier avec des lignes et des colonnes. À la connexion, on vous demande quelques cases.',
  make: 'Créer la carte',
  cardTitle: 'Votre carte matricielle',
  cardLead:
    'Imprimez la carte ou gardez-la en lieu sûr maintenant. Une fois cette page quittée, personne ne peut plus la montrer.',
  large: 'Afficher en gros caractères',
  normal: 'Afficher en taille normale',
  pdf: 'PDF à imprimer, une feuille',
  largePdf: 'PDF en gros caractères, deux feuilles',
  prove: 'Montrez ensuite que vous pouvez la lire',
  cells: (labels) => `Que contiennent les cases ${labels} ?`,
  hint: 'La colonne par sa lettre, la ligne par son numéro. Saisissez les signes l’un après l’autre.',
  save: 'Terminer',
  fresh: 'Créer une autre carte',
  empty: 'Saisissez ce que contiennent les cases.',
};

const ru: GridCardTexts = {
  title: 'Создайте карту-сетку',
  lead: 'Карта на бумаге со строками и столбцами. При входе у вас спросят несколько её клеток.',
  make: 'Создать карту',
  cardTitle: 'Ваша карта-сетка',
  cardLead:
    'Напечатайте карту или сохраните её в надёжном месте сейчас. Когда вы уйдёте с этой страницы, показать её снова будет нельзя.',
  large: 'Показать крупно',
  normal: 'Показать в обычном размере',
  pdf: 'PDF для печати, один лист',
  largePdf: 'PDF крупным шрифтом, два листа',
  prove: 'Затем покажите, что можете её прочитать',
  cells: (labels) => `Что стоит в клетках ${labels}?`,
  hint: 'Столбец — буква, строка — число. Введите знаки один за другим.',
  save: 'Готово',
  fresh: 'Создать другую карту',
  empty: 'Введите, что стоит в клетках.',
};

export const GRID_CARD_TEXTS: Readonly<Record<Language, GridCardTexts>> = { en, de, fr, ru };
