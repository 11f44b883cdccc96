import type { Catalogue } from '../../../core/web/texts/shared-texts.js';
import { de } from './de.js';
import { en, type EnrolmentTexts } from './en.js';
import { fr } from './fr.js';
import { ru } from './ru.js';

export const ENROLMENT_TEXTS: Catalogue<EnrolmentTexts> = { en, de, fr, ru };
