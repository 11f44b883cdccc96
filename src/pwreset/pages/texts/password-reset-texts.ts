import type { Catalogue } from '../../../core/web/texts/shared-texts.js';
import { de } from './de.js';
import { en, type PasswordResetTexts } from './en.js';
import { fr } from './fr.js';
import { ru } from './ru.js';

export const PASSWORD_RESET_TEXTS: Catalogue<PasswordResetTexts> = { en, de, fr, ru };
