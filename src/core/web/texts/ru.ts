import { counting } from '../language/plural.js';
import type { SharedTexts } from './en.js';

const count = counting('ru');

// In the genitive, as it follows "не менее" and "не более".
const characters = (number: number) => count(number, { one: 'символа', few: 'символов', many: 'символов' });
const kinds = 'строчные буквы, заглавные буквы, цифры, другие';
const neutral = () => 'Не получилось. Ничего не изменено. Если это повторится, обратитесь в службу поддержки.';
const inactive = () => 'Ваша учётная запись сейчас не активна. Обратитесь в службу поддержки.';
const notReady = () =>
  'Пароль не удалось сохранить из-за неполадки на нашей стороне. Сообщите об этом в службу поддержки.';

export const ru = {
  skipToContent: 'Перейти к содержанию',
  languages: 'Язык',
  secured: 'Под защитой Latchkey',
  demo: 'Демо – для проб, только на этом компьютере',

  errorTitle: (title) => `Ошибка: ${title}`,
  problem: 'Проверьте, что вы ввели',
  notYet: 'Пока не получилось',
  tryAgain: 'Попробовать ещё раз',
  reference: 'Номер для службы поддержки',

  notFound: {
    title: 'Такой страницы нет',
    text: 'Проверьте адрес или вернитесь на предыдущую страницу.',
  },
  notValid: {
    title: 'Не удалось прочитать форму',
    text: 'Ничего не изменено. Вернитесь назад, обновите страницу и заполните форму ещё раз.',
  },
  forbidden: {
    title: 'Эта страница для вас закрыта',
    text: 'Если вы считаете, что она должна быть доступна, обратитесь в службу поддержки.',
  },
  tooMany: {
    title: 'Пожалуйста, подождите немного',
    text: (span) =>
      `Из вашей сети за короткое время пришло много запросов. Попробуйте чуть позже. Осталось подождать: ${span}.`,
  },
  unavailable: {
    title: 'Мы скоро вернёмся',
    text: 'Служба сейчас недоступна. Ничего не изменено. Попробуйте ещё раз через минуту.',
  },
  directoryUnavailable: {
    title: 'Ваша учётная запись сейчас недоступна',
    text: 'Система, в которой хранится ваша учётная запись, не отвечает. Ничего не изменено. Попробуйте ещё раз через минуту.',
  },
  failed: {
    title: 'На нашей стороне произошла ошибка',
    text: 'Вы ни в чём не виноваты. Больше ничего сделано не было. Попробуйте ещё раз через минуту; если это повторится, сообщите в службу поддержки.',
  },

  password: {
    new: 'Новый пароль',
    again: 'Новый пароль ещё раз',
    show: 'Показать',
    hide: 'Скрыть',
    subject: 'пароль',
    shown: 'Теперь пароль виден.',
    hidden: 'Пароль скрыт.',
    empty: 'Введите новый пароль.',
    emptyAgain: 'Введите новый пароль второй раз.',
    same: 'Оба пароля совпадают.',
    differ: 'Пароли пока не совпадают.',
    rulesHeading: 'Каким должен быть новый пароль',
    rulesUnknown: 'Здесь действуют правила для паролей. Если ваш пароль не подойдёт, эта страница скажет об этом.',
    progress: 'Выполнено правил: {met} из {total}.',
    met: 'выполнено',
    open: 'пока не выполнено',
    later: 'Проверим при сохранении',
    minLength: (least) => `Не менее ${characters(least)}`,
    maxLength: (most) => `Не более ${characters(most)}`,
    classes: (number) =>
      number >= 4 ? `Все эти виды символов: ${kinds}` : `Не менее ${number} из этих 4 видов символов: ${kinds}`,
    classesOrLength: (number, length) =>
      number >= 4
        ? `Все эти виды символов: ${kinds} – или просто не менее ${characters(length)}`
        : `Не менее ${number} из этих 4 видов символов: ${kinds} – или просто не менее ${characters(length)}`,
    notName: 'Без вашего имени и логина',
    notCommon: 'Не из тех паролей, которыми пользуются многие',
    history: (number) =>
      number === 1
        ? 'Не такой, как нынешний пароль'
        : `Не совпадает ни с одним из прежних паролей (помним последние ${number})`,
    minAge: (span) => `Между двумя сменами пароля должно пройти время: ${span}`,
    maxAge: (span) => `Срок действия пароля: ${span}. Затем понадобится новый.`,
  },

  errors: {
    'domain-missing': neutral,
    'domain-not-found': neutral,
    'account-not-found': neutral,
    'account-ambiguous': neutral,
    'account-not-activated': inactive,
    'account-disabled': inactive,
    'account-locked': () => 'Ваша учётная запись заблокирована. Попросите службу поддержки её разблокировать.',
    'account-expired': inactive,
    'credentials-missing': neutral,
    'credentials-invalid': neutral,
    'password-expired': neutral,
    'password-must-change': neutral,
    'access-denied': neutral,
    'client-address-not-allowed': neutral,
    'client-address-unreadable': neutral,
    'too-many-attempts': () => 'За короткое время было много попыток. Подождите немного и попробуйте ещё раз.',
    'send-limit-reached': neutral,
    'value-out-of-range': neutral,
    'unknown-word': neutral,
    'no-address': neutral,
    'delivery-failed': neutral,
    'second-factor-unavailable': neutral,
    'feature-locked': neutral,
    'password-mismatch': () => 'Пароли не совпадают. Введите новый пароль ещё раз в оба поля.',
    'password-too-short': ({ min }) =>
      min === undefined
        ? 'Этот пароль слишком короткий. Придумайте пароль подлиннее.'
        : `Этот пароль слишком короткий. Нужно не менее ${characters(Number(min))}.`,
    'password-too-long': ({ max }) =>
      max === undefined
        ? 'Этот пароль слишком длинный. Придумайте пароль покороче.'
        : `Этот пароль слишком длинный. Нужно не более ${characters(Number(max))}.`,
    'password-too-simple': ({ classes }) =>
      classes === undefined
        ? `Этот пароль слишком простой. Сочетайте разные виды символов: ${kinds}.`
        : `Этот пароль слишком простой. Нужно не менее ${classes} из этих 4 видов символов: ${kinds}.`,
    'password-too-common': () => 'Этим паролем пользуются многие, его легко угадать. Придумайте другой.',
    'password-contains-name': () => 'В этом пароле есть ваше имя или логин. Придумайте пароль без них.',
    'password-in-history': () => 'Этот пароль у вас уже был. Придумайте новый.',
    'password-too-young': () =>
      'Пароль меняли совсем недавно, и сменить его снова пока нельзя. Попробуйте позже или обратитесь в службу поддержки.',
    'password-refused': () =>
      'Система, в которой хранится ваша учётная запись, не приняла этот пароль и не сообщает причину. Обычно подходит пароль подлиннее, не похожий на прежние.',
    'password-change-forbidden': () => 'Ваш пароль нельзя сменить здесь. Обратитесь в службу поддержки.',
    'request-not-valid': neutral,
    'page-session-ended': neutral,
    'form-not-valid': () => 'Не удалось прочитать форму. Заполните её, пожалуйста, ещё раз.',
    'change-in-progress': () => 'Ваш новый пароль как раз сохраняется. Отправлять его ещё раз не нужно.',
    'template-not-valid': neutral,
    'setting-not-valid': neutral,
    'directory-unavailable': () =>
      'Система, в которой хранится ваша учётная запись, не отвечает. Ничего не изменено, ваш сеанс остаётся открытым. Попробуйте ещё раз через минуту.',
    'directory-misconfigured': notReady,
    'directory-rights-missing': notReady,
    'database-unavailable': () => 'Служба сейчас недоступна. Ничего не изменено. Попробуйте ещё раз через минуту.',
    internal: neutral,
  },
} satisfies SharedTexts;
