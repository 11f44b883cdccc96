import type { FastifyRequest } from 'fastify';
import { plainSecret, type PlainSecret } from '../../core/crypto/secret-types.js';
import { type LinkSite, sessionCookie } from '../../core/web/links/link-site.js';
import { type PageCookie, readCookie, setCookie } from '../../core/web/page-cookies.js';
import type { ProcessingCall } from './processing-call.js';

/** The pages of requests. */
export const REQUEST_SITE: LinkSite = { name: 'request', path: '/user/processRequest/' };

/** What a secret of a page session looks like; another one is replaced. */
const PAGE_SESSION = /^[A-Za-z0-9_-]{43}$/;

/** The secret of the page session that the browser has; forms are bound to it. */
export function shownPageSession(request: FastifyRequest): PlainSecret | undefined {
  const shown = readCookie(request, cookieOf(request));
  return shown !== undefined && PAGE_SESSION.test(shown) ? plainSecret(shown) : undefined;
}

/** Has the browser keep the page session of a page with a form. */
export function keepPageSession({ request, reply, visit, pageSession }: ProcessingCall): void {
  if (shownPageSession(request) === undefined) setCookie(reply, visit, cookieOf(request), pageSession);
}

/** Also sent when a link in a mail leads here, so that a second tab does not take the first one's forms away. */
function cookieOf({ url }: FastifyRequest): PageCookie {
  const { name, path } = sessionCookie(REQUEST_SITE);
  return { name, path: url.startsWith('/belladati/') ? `/belladati${path}` : path, sameSite: 'lax' };
}
