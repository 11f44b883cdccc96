/** As long as the secrets of our links: somebody may have put one where it does not belong. */
const LIKE_A_SECRET = /[A-Za-z0-9_-]{43,}/g;

/**
 * The path of a request without what may be a secret: no query, and no id and code in the links of user requests
 * (user-requests section 10; attack class 70). Programs that handle links may encode the mark in front of the query; what
 * stands behind it is a secret all the same.
 */
export function loggablePath(url: string): string {
  const path = url.split(/[?#]|%3f|%23/i, 1)[0] ?? '';
  return path
    .replace(/(\/processRequest\/)[^/]+\/[^/]+/i, '$1[id]/[code]')
    .replace(/(_requests\/|\/invites\/)[^/]+/i, '$1[id]')
    .replace(/(\/authorizeRequestToken\/)[^/]+/i, '$1[token]')
    .replace(LIKE_A_SECRET, '[secret]')
    .slice(0, 500);
}
