import type { Catalogue } from '../../core/web/texts/shared-texts.js';
import { de } from './de.js';
import { type DeviceTexts, en } from './en.js';
import { fr } from './fr.js';
import { ru } from './ru.js';

export const DEVICE_TEXTS: Catalogue<DeviceTexts> = { en, de, fr, ru };

export type { DeviceTexts } from './en.js';
