import type { PageCookie } from '../page-cookies.js';

/** The pages behind one kind of link: where they are, and the name that sets them apart from others. */
export interface LinkSite {
  /** First part of the names of cookies and counters, e.g. `pwreset`. */
  readonly name: string;
  /** Where links lead, with a slash at the end; the other pages are below. */
  readonly path: string;
}

/** Name of the link's secret, in the query of the link and in the form that opens it. */
export const LINK_FIELD = 'req';

/** The last page, where every kind of link has it. */
export function donePath({ path }: LinkSite): string {
  return `${path}done`;
}

/**
 * The page session. Strict is enough: a link in a mail leads to the landing page, which needs no cookie, and from there
 * on every request comes from our own pages.
 */
export function sessionCookie({ name, path }: LinkSite): PageCookie {
  return { name: `latchkey_${name}`, path, sameSite: 'strict' };
}

/**
 * What the last page says, sealed: the page can be shown again for ten minutes, and nobody can lead a person to one
 * that says what did not happen. It gives nobody any right.
 */
export function doneCookie(site: LinkSite): PageCookie {
  return { name: `latchkey_${site.name}_done`, path: donePath(site), sameSite: 'strict', maxAge: 600 };
}
