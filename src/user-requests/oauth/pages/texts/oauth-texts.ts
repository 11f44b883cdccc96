import type { Catalogue } from '../../../../core/web/texts/shared-texts.js';
import { de } from './de.js';
import { en, type OAuthTexts } from './en.js';
import { fr } from './fr.js';
import { ru } from './ru.js';

export const OAUTH_TEXTS: Catalogue<OAuthTexts> = { en, de, fr, ru };
