/** Puts moments into the person's own time zone. */
export const MOMENT_SCRIPT = 'local-time.js';

/** Keeps a form from being sent twice. */
export const SEND_ONCE_SCRIPT = 'send-once.js';

/** Ticks off, compares and shows a new password, and sends it once. */
export const PASSWORD_SCRIPT = 'password-form.js';

/** Copies a sample to the clipboard. */
export const COPY_SCRIPT = 'copy.js';

/** Prints the page, and hands out a text of it as a file. */
export const KEEP_SCRIPT = 'keep.js';

/** Makes this browser a push device. */
export const DEVICE_ENROL_SCRIPT = 'device-enrol.js';

/** The page of a push device. */
export const DEVICE_SCRIPT = 'device.js';

/** The pages of the root web application. */
export const APP_ROOT_SCRIPT = 'app-root.js';

/** Holds WebAuthn ceremonies. */
export const FIDO_SCRIPT = 'fido.js';
