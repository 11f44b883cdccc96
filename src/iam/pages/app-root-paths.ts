import { APP_ROOT } from '../links/app-root-link.js';

/** What the script of the pages asks about the id of a link. */
export const LINK_PATH = `${APP_ROOT}/link`;

/** What the script of the pages asks before somebody changes their own password. */
export const OWN_PASSWORD_PATH = `${APP_ROOT}/own-password`;
