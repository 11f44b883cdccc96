export { de } from './de.js';
export { en } from './en.js';
export { fr } from './fr.js';
export { ru } from './ru.js';
