import type { PlainSecret } from '../../core/crypto/secret-types.js';

/**
 * The link of a letter: number and delivered secret (user-requests section 4). Its base comes from the configuration only
 * (invariant 6, attack classes 1 to 3).
 */
export function requestLink(publicUrl: string, number: string, secret: PlainSecret): string {
  const url = new URL(publicUrl);
  url.pathname = `${url.pathname.replace(/\/+$/, '')}/user/processRequest/${number}/${secret}`;
  url.search = '';
  url.hash = '';
  return url.toString();
}
