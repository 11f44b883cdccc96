import type { Language } from '../language/languages.js';
import { de } from './de.js';
import { en, type SharedTexts } from './en.js';
import { fr } from './fr.js';
import { ru } from './ru.js';

/** Texts of pages in each language we speak. */
export type Catalogue<T> = Readonly<Record<Language, T>>;

export const SHARED_TEXTS: Catalogue<SharedTexts> = { en, de, fr, ru };

export type { SharedTexts } from './en.js';
