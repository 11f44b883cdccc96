import type { Catalogue } from '../../../../core/web/texts/shared-texts.js';
import { de } from './de.js';
import { en, type RequestTexts } from './en.js';
import { fr } from './fr.js';
import { ru } from './ru.js';

export const REQUEST_TEXTS: Catalogue<RequestTexts> = { en, de, fr, ru };
