import type { Language } from '../../core/web/language/languages.js';

interface MailboxTexts {
  readonly title: string;
  readonly intro: string;
  readonly empty: string;
  readonly clear: string;
  readonly to: string;
  readonly plainText: string;
  readonly preview: string;
}

export const MAILBOX_TEXTS: Readonly<Record<Language, MailboxTexts>> = {
  en: {
    title: 'Mailbox',
    intro:
      'What this server has sent. Nothing of it has left the machine, because no mail account or SMS gateway is set up.',
    empty: 'Nothing has been sent yet.',
    clear: 'Empty the mailbox',
    to: 'To',
    plainText: 'As plain text',
    preview: 'The mail as it looks',
  },
  de: {
    title: 'Postfach',
    intro:
      'Was dieser Server verschickt hat. Nichts davon hat den Rechner verlassen, denn es ist weder ein Mailkonto noch ein SMS-Gateway eingerichtet.',
    empty: 'Es wurde noch nichts verschickt.',
    clear: 'Postfach leeren',
    to: 'An',
    plainText: 'Als reiner Text',
    preview: 'Die Mail, wie sie aussieht',
  },
  fr: {
    title: 'Boîte aux lettres',
    intro:
      'Ce que ce serveur a envoyé. Rien n’a quitté la machine, car aucun compte de messagerie ni passerelle SMS n’est configuré.',
    empty: 'Rien n’a encore été envoyé.',
    clear: 'Vider la boîte',
    to: 'À',
    plainText: 'En texte brut',
    preview: 'Le message tel qu’il s’affiche',
  },
  ru: {
    title: 'Почтовый ящик',
    intro:
      'Здесь всё, что отправил сервер. За пределы машины ничего не ушло: ни почтовый ящик отправителя, ни SMS-шлюз не настроены.',
    empty: 'Пока ничего не отправлено.',
    clear: 'Очистить ящик',
    to: 'Кому',
    plainText: 'Простым текстом',
    preview: 'Как выглядит письмо',
  },
};
