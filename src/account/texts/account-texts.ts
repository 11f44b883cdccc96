import type { Catalogue } from '../../core/web/texts/shared-texts.js';
import { de } from './de.js';
import { type AccountTexts, en } from './en.js';
import { fr } from './fr.js';
import { ru } from './ru.js';

export const ACCOUNT_TEXTS: Catalogue<AccountTexts> = { en, de, fr, ru };

export type { AccountTexts } from './en.js';
