import type { Catalogue } from '../../texts/shared-texts.js';
import { de } from './de.js';
import { en, type LinkTexts } from './en.js';
import { fr } from './fr.js';
import { ru } from './ru.js';

export const LINK_TEXTS: Catalogue<LinkTexts> = { en, de, fr, ru };
