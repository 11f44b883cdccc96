import type { PageCookie } from '../../core/web/page-cookies.js';
import { DONE_PATH, LANDING_PATH } from './paths.js';

/**
 * The page session. Strict is enough: a link in a mail leads to the landing page, which needs no cookie, and from there
 * on every request comes from our own pages.
 */
export const SESSION_COOKIE: PageCookie = { name: 'latchkey_pwreset', path: LANDING_PATH, sameSite: 'strict' };

/**
 * What the last page says, sealed: the page can be shown again for ten minutes, and nobody can lead a person to one
 * that says what did not happen. It gives nobody any right.
 */
export const DONE_COOKIE: PageCookie = {
  name: 'latchkey_pwreset_done',
  path: DONE_PATH,
  sameSite: 'strict',
  maxAge: 600,
};
