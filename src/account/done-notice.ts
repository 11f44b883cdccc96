import type { FastifyReply, FastifyRequest } from 'fastify';
import { dropCookie, type PageCookie, readCookie, setCookie } from '../core/web/page-cookies.js';
import type { Visit } from '../core/web/visit.js';
import { HOME_PATH } from './account-paths.js';

/** What can be said on the next page of what was done. */
const NOTICES = [
  'signed-out',
  'password-changed',
  'pin-changed',
  'emergency-code-sent',
  'authenticator-renamed',
  'authenticator-removed',
  'request-cancelled',
  'session-ended',
  'other-sessions-ended',
  'unchanged',
] as const;
export type Notice = (typeof NOTICES)[number];

/** A cookie and no parameter, so that no link can have a page say what did not happen. */
const COOKIE: PageCookie = { name: 'latchkey_account_notice', path: HOME_PATH, sameSite: 'strict', maxAge: 60 };

/** Has the next page say what was done. */
export function leaveNotice(reply: FastifyReply, visit: Visit, notice: Notice): void {
  setCookie(reply, visit, COOKIE, notice);
}

/** What the page before has left to be said, once. */
export function takeNotice(request: FastifyRequest, reply: FastifyReply, visit: Visit): Notice | undefined {
  const left = readCookie(request, COOKIE);
  if (left !== undefined) dropCookie(reply, visit, COOKIE);
  return NOTICES.find((notice) => notice === left);
}
