import { parseCookie, type SetCookie, stringifySetCookie } from 'cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ConfigurationSnapshot } from '../domains/configuration-snapshot.js';
import type { PageProtection } from './security-headers.js';

/** A cookie of our pages. Always out of reach of scripts. */
export interface PageCookie {
  readonly name: string;
  /** The pages it is sent to: this one and those below. */
  readonly path: string;
  /**
   * `strict`: never sent with a request that another site starts; `lax`: with links from other sites only; `none`: with
   * every request, for which browsers ask for https.
   */
  readonly sameSite: 'strict' | 'lax' | 'none';
  /** Seconds it is kept; absent means until the browser closes. */
  readonly maxAge?: number;
}

/** Of cookies that no page sets and no frame shows: `Secure` where people reach us by https. */
export function unframedProtection({ publicUrl }: Pick<ConfigurationSnapshot, 'publicUrl'>): PageProtection {
  return { https: publicUrl?.startsWith('https:') ?? false, framedBy: [] };
}

/** The cookie's value, undefined when the browser sent none. */
export function readCookie(request: FastifyRequest, cookie: Pick<PageCookie, 'name'>): string | undefined {
  const value = parseCookie(request.headers.cookie ?? '')[cookie.name];
  return value === '' ? undefined : value;
}

export function setCookie(reply: FastifyReply, visit: PageProtection, cookie: PageCookie, value: string): void {
  reply.header('set-cookie', stringifySetCookie({ ...attributes(visit, cookie), value }));
}

export function dropCookie(reply: FastifyReply, visit: PageProtection, cookie: PageCookie): void {
  reply.header('set-cookie', stringifySetCookie({ ...attributes(visit, cookie), value: '', maxAge: 0 }));
}

function attributes({ https, framedBy }: PageProtection, cookie: PageCookie): Omit<SetCookie, 'value'> {
  const common = { ...cookie, httpOnly: true, secure: https };
  // In another site's frame a browser keeps only cookies that say so, apart for each framing site (CHIPS), and only
  // with https. The forms' CSRF values and Fetch metadata stand in for SameSite there.
  return https && framedBy.length > 0 ? { ...common, sameSite: 'none', partitioned: true } : common;
}
