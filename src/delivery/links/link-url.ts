import type { PlainSecret } from '../../core/crypto/secret-types.js';

/**
 * The URL that a person opens (manager-json-rpc section 7). Its base comes from the configuration only, never from the
 * call (invariant 6, attack classes 1 to 3).
 *
 * @param publicUrl base as configured; a path in it is kept
 * @param path of the page, beginning with a slash
 */
export function linkUrl(publicUrl: string, path: string, link: PlainSecret): string {
  const url = new URL(publicUrl);
  url.pathname = `${url.pathname.replace(/\/+$/, '')}${path}`;
  url.search = new URLSearchParams({ req: link }).toString();
  url.hash = '';
  return url.toString();
}
