/**
 * The path of a request without what may be a secret: no query, and no id and code in the links of user requests
 * (user-requests section 10; attack class 70).
 */
export function loggablePath(url: string): string {
  const path = url.split(/[?#]/, 1)[0] ?? '';
  return path
    .replace(/(\/processRequest\/)[^/]+\/[^/]+/i, '$1[id]/[code]')
    .replace(/(_requests\/|\/invites\/)[^/]+/i, '$1[id]')
    .replace(/(\/authorizeRequestToken\/)[^/]+/i, '$1[token]')
    .slice(0, 500);
}
