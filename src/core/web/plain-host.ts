/** Dot-separated labels (IDNA in its ASCII form, an IPv4 address among them), or an IPv6 address in brackets. */
const PLAIN_HOST = /^(?:[a-z0-9_-]+(?:\.[a-z0-9_-]+)*|\[[0-9a-f:.]+\])$/;

/**
 * Whether the host of a parsed URL is the name of one machine and nothing else. The URL standard (WHATWG URL section
 * 3.5) allows more, such as `*`, `;` and `'`, which mean something of their own in a Content-Security-Policy.
 */
export function isPlainHost(hostname: string): boolean {
  return PLAIN_HOST.test(hostname);
}
