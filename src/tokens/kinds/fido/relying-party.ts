import { isIP } from 'node:net';
import { namesLoopback } from '../../../core/web/loopback-host.js';

/** Who asks for a FIDO key, in the terms of WebAuthn. */
export interface RelyingParty {
  /** RP ID: a domain name. A key that was made for one works with no other. */
  readonly id: string;
  /** The one origin whose pages may ask. */
  readonly origin: string;
  /** Shown by some browsers. */
  readonly name: string;
}

const NAME = 'Latchkey';

/**
 * The relying party of the configured public URL, never of what a request says (attack class 1). Undefined where browsers
 * offer no WebAuthn: without https, and under an IP address, which is no RP ID (WebAuthn Level 3, section 5.1.2).
 *
 * A loopback address is a special case: the same server is `localhost` too, where browsers allow ceremonies without
 * https. Pages at the address itself send people there, see {@link ceremonyAddress}.
 */
export function relyingParty(publicUrl: string | undefined): RelyingParty | undefined {
  if (publicUrl === undefined) return undefined;
  const { origin, protocol, hostname } = onLocalhost(new URL(publicUrl));
  const localhost = namesLoopback(hostname);
  if (isIP(hostname.replace(/^\[(.*)\]$/, '$1')) !== 0 || (protocol !== 'https:' && !localhost)) return undefined;
  return { id: hostname, origin, name: NAME };
}

/**
 * The address at which a page can hold a ceremony, when that is another than its public one: the same page on
 * `localhost`, for a server whose public URL is a loopback address.
 *
 * @param publicPage absolute address of the page, made of the public URL
 */
export function ceremonyAddress(publicPage: string): string | undefined {
  const there = onLocalhost(new URL(publicPage)).href;
  return there === new URL(publicPage).href ? undefined : there;
}

function onLocalhost(url: URL): URL {
  const there = new URL(url);
  const address = url.hostname.replace(/^\[(.*)\]$/, '$1');
  if (isIP(address) !== 0 && namesLoopback(url.host)) there.hostname = 'localhost';
  return there;
}
