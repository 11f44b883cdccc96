import type { Language } from '../../core/web/language/languages.js';

const en = {
  title: 'Choose a path on a grid',
  lead: 'You remember a path of steps, for example two to the right and three down. When you sign in, you walk it on a new grid from any cell that you like, and type the signs that it passes.',
  path: 'Your path',
  hint: (min: number, max: number) =>
    `${min} to ${max} steps: R right, L left, U up, D down. For a slanting step: 1 up and right, 5 down and right, 7 down and left, A up and left.`,
  again: 'Your path again',
  next: 'Continue',
  form: (min: number, max: number) => `A path has ${min} to ${max} steps, each one of the letters and digits above.`,
  differ: 'The two entries are not the same.',
  easy: 'Do not go in one direction only.',
  proveTitle: 'Walk your path',
  proveLead: 'Start at any cell. Type its sign, then the sign of each cell that your path leads to.',
  code: 'The signs on your path',
  save: 'Finish',
  fresh: 'Choose another path',
  empty: 'Type the signs on your path.',
};
type GridGoTexts = typeof en;

const de: GridGoTexts = {
  title: 'Wählen Sie einen Pfad auf einem Gitter',
  lead: 'Sie merken sich einen Pfad aus Schritten, zum Beispiel zwei nach rechts und drei nach unten. Bei der Anmeldung gehen Sie ihn auf einem neuen Gitter von einem beliebigen Feld aus und geben die Zeichen ein, an denen er vorbeiführt.',
  path: 'Ihr Pfad',
  hint: (min, max) =>
    `${min} bis ${max} Schritte: R rechts, L links, U hoch, D runter. Für einen schrägen Schritt: 1 rechts hoch, 5 rechts runter, 7 links runter, A links hoch.`,
  again: 'Ihr Pfad noch einmal',
  next: 'Weiter',
  form: (min, max) => `Ein Pfad hat ${min} bis ${max} Schritte, jeder einer der Buchstaben und Ziffern oben.`,
  differ: 'Die beiden Eingaben sind nicht gleich.',
  easy: 'Gehen Sie nicht nur in eine Richtung.',
  proveTitle: 'Gehen Sie Ihren Pfad',
  proveLead:
    'Beginnen Sie bei einem beliebigen Feld. Geben Sie sein Zeichen ein und dann das jedes Felds, zu dem Ihr Pfad führt.',
  code: 'Die Zeichen auf Ihrem Pfad',
  save: 'Fertigstellen',
  fresh: 'Einen anderen Pfad wählen',
  empty: 'Geben Sie die Zeichen auf Ihrem Pfad ein.',
};

const fr: GridGoTexts = {
  title: 'Choisissez un chemin sur une grille',
  lead: 'Vous retenez un chemin de pas, par exemple deux à droite et trois vers le bas. À la connexion, vous le suivez sur une nouvelle grille à partir de la case de votre choix et saisissez les signes qu’il traverse.',
  path: 'Votre chemin',
  hint: (min, max) =>
    `${min} à ${max} pas : R droite, L gauche, U haut, D bas. En biais : 1 haut et droite, 5 bas et droite, 7 bas et gauche, A haut et gauche.`,
  again: 'Votre chemin encore une fois',
  next: 'Continuer',
  form: (min, max) => `Un chemin a ${min} à ${max} pas, chacun une des lettres ou un des chiffres ci-dessus.`,
  differ: 'Les deux saisies ne sont pas identiques.',
  easy: 'N’allez pas dans une seule direction.',
  proveTitle: 'Suivez votre chemin',
  proveLead: 'Commencez à n’importe quelle case. Saisissez son signe, puis celui de chaque case du chemin.',
  code: 'Les signes de votre chemin',
  save: 'Terminer',
  fresh: 'Choisir un autre chemin',
  empty: 'Saisissez les signes de votre chemin.',
};

const ru: GridGoTexts = {
  title: 'Выберите путь по сетке',
  lead: 'Вы запоминаете путь из шагов, например два вправо и три вниз. При входе вы проходите его по новой сетке с любой клетки и вводите знаки, через которые он ведёт.',
  path: 'Ваш путь',
  hint: (min, max) =>
    `От ${min} до ${max} шагов: R вправо, L влево, U вверх, D вниз. Наискосок: 1 вверх и вправо, 5 вниз и вправо, 7 вниз и влево, A вверх и влево.`,
  again: 'Ваш путь ещё раз',
  next: 'Далее',
  form: (min, max) => `В пути от ${min} до ${max} шага, каждый — одна из букв и цифр выше.`,
  differ: 'Введённое не совпадает.',
  easy: 'Не идите только в одну сторону.',
  proveTitle: 'Пройдите свой путь',
  proveLead: 'Начните с любой клетки. Введите её знак, затем знак каждой клетки пути.',
  code: 'Знаки на вашем пути',
  save: 'Готово',
  fresh: 'Выбрать другой путь',
  empty: 'Введите знаки на вашем пути.',
};

export const GRID_GO_TEXTS: Readonly<Record<Language, GridGoTexts>> = { en, de, fr, ru };
