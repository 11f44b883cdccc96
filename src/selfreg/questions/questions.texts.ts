import type { Language } from '../../core/web/language/languages.js';

const en = {
  title: 'Set up security questions',
  lead: 'They are asked only together with something else. Choose questions whose answers others cannot guess or look up.',
  question: (number: number) => `Question ${number}`,
  own: 'Choose one, or write your own',
  answer: 'Answer',
  hint: 'At least 3 letters or digits. Capital letters and blanks do not matter.',
  save: 'Save questions',
  refused:
    'Each question may be there once, and so may each answer. An answer has 3 to 100 letters or digits and does not stand in its question.',
  offered: 'Choose one of the questions that are offered.',
};
type QuestionTexts = typeof en;

const de: QuestionTexts = {
  title: 'Richten Sie Sicherheitsfragen ein',
  lead: 'Sie werden nur zusammen mit etwas anderem gefragt. Wählen Sie Fragen, deren Antworten andere nicht erraten oder nachschlagen können.',
  question: (number) => `Frage ${number}`,
  own: 'Wählen Sie eine, oder schreiben Sie eine eigene',
  answer: 'Antwort',
  hint: 'Mindestens 3 Buchstaben oder Ziffern. Großbuchstaben und Leerzeichen spielen keine Rolle.',
  save: 'Fragen speichern',
  refused:
    'Jede Frage darf einmal vorkommen, und jede Antwort auch. Eine Antwort hat 3 bis 100 Buchstaben oder Ziffern und steht nicht in ihrer Frage.',
  offered: 'Wählen Sie eine der angebotenen Fragen.',
};

const fr: QuestionTexts = {
  title: 'Configurez des questions de sécurité',
  lead: 'Elles ne sont posées qu’avec autre chose. Choisissez des questions dont les autres ne peuvent ni deviner ni trouver la réponse.',
  question: (number) => `Question ${number}`,
  own: 'Choisissez-en une, ou écrivez la vôtre',
  answer: 'Réponse',
  hint: 'Au moins 3 lettres ou chiffres. Les majuscules et les espaces ne comptent pas.',
  save: 'Enregistrer les questions',
  refused:
    'Chaque question ne peut figurer qu’une fois, et chaque réponse aussi. Une réponse a 3 à 100 lettres ou chiffres et ne figure pas dans sa question.',
  offered: 'Choisissez une des questions proposées.',
};

const ru: QuestionTexts = {
  title: 'Настройте контрольные вопросы',
  lead: 'Их задают только вместе с чем-то ещё. Выберите вопросы, ответы на которые другие не угадают и не найдут.',
  question: (number) => `Вопрос ${number}`,
  own: 'Выберите вопрос или напишите свой',
  answer: 'Ответ',
  hint: 'Не меньше 3 букв или цифр. Прописные буквы и пробелы не важны.',
  save: 'Сохранить вопросы',
  refused:
    'Каждый вопрос и каждый ответ может встретиться один раз. В ответе от 3 до 100 букв или цифр, и его нет в самом вопросе.',
  offered: 'Выберите один из предложенных вопросов.',
};

export const QUESTION_TEXTS: Readonly<Record<Language, QuestionTexts>> = { en, de, fr, ru };
