/** No address of ours or of a portal comes near this many characters. */
const LONGEST = 2_000;

/** What browsers drop from addresses or take for a slash, so that an address means something else than it seems to. */
const TREACHEROUS = /[^!-~\u0080-\u{10ffff}]|\\/u;

/** Where the origin of a path is of no matter; nothing is ever sent there. */
const NOWHERE = 'http://redirect-target.invalid';

/**
 * Where a browser may be sent that asks to be sent there (attack class 56): a path of this server, or an absolute address
 * whose origin, which is scheme, host and port, is in the list. Compared as the URL standard reads it, never by prefix.
 *
 * @param wanted as it came, e.g. the value of `redirect`
 * @param origins as `originsSetting` holds them
 * @returns the address in the one spelling that was judged, for `Location`; undefined for anything else
 */
export function redirectTarget(wanted: string | undefined, origins: readonly string[]): string | undefined {
  if (wanted === undefined || wanted.length > LONGEST) return undefined;
  if (TREACHEROUS.test(wanted) || !wanted.isWellFormed()) return undefined;
  return wanted.startsWith('/') ? localTarget(wanted) : foreignTarget(wanted, origins);
}

function localTarget(wanted: string): string | undefined {
  if (!URL.canParse(wanted, NOWHERE)) return undefined;
  const { origin, pathname, search, hash } = new URL(wanted, NOWHERE);
  // `/..//host` is a path here, and as it is read, two slashes and a host there.
  return origin === NOWHERE && !pathname.startsWith('//') ? `${pathname}${search}${hash}` : undefined;
}

function foreignTarget(wanted: string, origins: readonly string[]): string | undefined {
  if (!/^https?:\/\/[^/]/i.test(wanted) || !URL.canParse(wanted)) return undefined;
  const url = new URL(wanted);
  // An empty user, as in `https://@host`, leaves no trace in the parts.
  const plain = !/^https?:\/\/[^/?#]*@/i.test(wanted);
  return plain && origins.includes(url.origin) ? url.href : undefined;
}
