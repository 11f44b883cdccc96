import type { Catalogue } from '../../../core/web/texts/shared-texts.js';
import { de } from './de.js';
import { en, type SecondFactorTexts } from './en.js';
import { fr } from './fr.js';
import { ru } from './ru.js';

export const SECOND_FACTOR_TEXTS: Catalogue<SecondFactorTexts> = { en, de, fr, ru };
