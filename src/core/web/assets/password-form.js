// Makes the form for a new password friendlier, and sends it once. The form works without it.
import { improvePasswords } from './password-fields.js';
import './send-once.js';

improvePasswords(document.querySelector('form[data-password-form]'));
