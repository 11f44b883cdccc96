import type { PageCookie } from '../../core/web/page-cookies.js';
import { DONE_PATH, LANDING_PATH } from './paths.js';

/**
 * The page session. Strict is enough: a link in a mail leads to the landing page, which needs no cookie, and from there
 * on every request comes from our own pages.
 */
export const SESSION_COOKIE: PageCookie = { name: 'latchkey_pwreset', path: LANDING_PATH, sameSite: 'strict' };

/**
 * Lets the last page be shown again for ten minutes, and keeps others from leading people to it. Its value is one of
 * {@link DONE_VALUES} and gives nobody any right.
 */
export const DONE_COOKIE: PageCookie = {
  name: 'latchkey_pwreset_done',
  path: DONE_PATH,
  sameSite: 'strict',
  maxAge: 600,
};

export const DONE_VALUES = { unlocked: 'set', stillLocked: 'set-but-locked' } as const;
