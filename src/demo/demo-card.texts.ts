import type { Language } from '../core/web/language/languages.js';

const en = {
  eyebrow: 'Demo world',
  title: 'Jane Doe’s grid card',
  lead: 'Serial number 77003456. Asked for “D2 A4 F1 B3”, type what stands in column D, row 2, then A 4, F 1 and B 3.',
  large: 'Show it in large print',
  normal: 'Show it in normal size',
  pdf: 'PDF for printing, one sheet',
  largePdf: 'PDF in large print, two sheets',
  warning: 'Only this card can be seen again. A real one is shown to its owner once, when it is made.',
};
type DemoCardTexts = typeof en;

const de: DemoCardTexts = {
  eyebrow: 'Demo-Welt',
  title: 'Die Gitterkarte von Jane Doe',
  lead: 'Seriennummer 77003456. Wird nach „D2 A4 F1 B3“ gefragt, tippen Sie, was in Spalte D, Zeile 2 steht, dann A 4, F 1 und B 3.',
  large: 'In großer Schrift anzeigen',
  normal: 'In normaler Größe anzeigen',
  pdf: 'PDF zum Drucken, ein Blatt',
  largePdf: 'PDF in großer Schrift, zwei Blätter',
  warning:
    'Nur diese Karte lässt sich noch einmal ansehen. Eine echte sieht allein, wem sie gehört, und nur beim Erzeugen.',
};

const fr: DemoCardTexts = {
  eyebrow: 'Monde de démonstration',
  title: 'La carte matricielle de Jane Doe',
  lead: 'Numéro de série 77003456. Si l’on demande « D2 A4 F1 B3 », saisissez ce que contient la colonne D, ligne 2, puis A 4, F 1 et B 3.',
  large: 'Afficher en gros caractères',
  normal: 'Afficher en taille normale',
  pdf: 'PDF à imprimer, une feuille',
  largePdf: 'PDF en gros caractères, deux feuilles',
  warning:
    'Seule cette carte peut être revue. Une vraie n’est montrée qu’une fois, à la personne à qui elle appartient.',
};

const ru: DemoCardTexts = {
  eyebrow: 'Демонстрационный мир',
  title: 'Карта-сетка Jane Doe',
  lead: 'Серийный номер 77003456. На вопрос «D2 A4 F1 B3» введите, что стоит в столбце D, строке 2, затем A 4, F 1 и B 3.',
  large: 'Показать крупно',
  normal: 'Показать в обычном размере',
  pdf: 'PDF для печати, один лист',
  largePdf: 'PDF крупным шрифтом, два листа',
  warning: 'Повторно посмотреть можно только эту карту. Настоящую её владелец видит один раз, при создании.',
};

export const DEMO_CARD_TEXTS: Readonly<Record<Language, DemoCardTexts>> = { en, de, fr, ru };
