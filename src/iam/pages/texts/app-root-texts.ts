import type { Catalogue } from '../../../core/web/texts/shared-texts.js';
import { de } from './de.js';
import { type AppRootTexts, en } from './en.js';
import { fr } from './fr.js';
import { ru } from './ru.js';

export const APP_ROOT_TEXTS: Catalogue<AppRootTexts> = { en, de, fr, ru };

export type { AppRootTexts } from './en.js';
