import type { Language } from '../../core/web/language/languages.js';

interface KeepTexts {
  readonly copy: string;
  readonly copied: string;
  readonly print: string;
  readonly download: string;
}

/** Words for keeping what is shown once. */
export const KEEP_TEXTS: Readonly<Record<Language, KeepTexts>> = {
  en: { copy: 'Copy', copied: 'Copied', print: 'Print', download: 'Download' },
  de: { copy: 'Kopieren', copied: 'Kopiert', print: 'Drucken', download: 'Herunterladen' },
  fr: { copy: 'Copier', copied: 'Copié', print: 'Imprimer', download: 'Télécharger' },
  ru: { copy: 'Скопировать', copied: 'Скопировано', print: 'Напечатать', download: 'Скачать' },
};
