/** What a page's headers depend on. */
export interface PageProtection {
  /** Origins that may frame this page; empty means none. */
  readonly framedBy: readonly string[];
  /** Whether people reach us by `https`. */
  readonly https: boolean;
}

/**
 * What a page loads from this site besides style sheet, scripts and pictures: `calls`, answers to calls of its scripts;
 * `application`, also its manifest and its worker.
 */
export type PageReach = 'nothing' | 'calls' | 'application';

const CALLS = ["connect-src 'self'"];
const REACH: Readonly<Record<PageReach, readonly string[]>> = {
  nothing: [],
  calls: CALLS,
  application: [...CALLS, "manifest-src 'self'", "worker-src 'self'"],
};

/** A year, RFC 6797 section 6.1.1. */
const HSTS_SECONDS = 365 * 24 * 3600;

/**
 * Headers of every page: nothing is loaded from elsewhere, nothing is inline, nothing is cached, no address that may
 * hold a secret leaves as a referrer (attack class 70).
 */
export function securityHeaders(
  { framedBy, https }: PageProtection,
  reach: PageReach = 'nothing',
): Record<string, string> {
  const framed = framedBy.length > 0;
  return {
    'content-security-policy': [
      "default-src 'none'",
      "style-src 'self'",
      "script-src 'self'",
      "img-src 'self' data:",
      ...REACH[reach],
      "form-action 'self'",
      "base-uri 'none'",
      `frame-ancestors ${framed ? framedBy.join(' ') : "'none'"}`,
    ].join('; '),
    'cache-control': 'no-store',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': framed ? 'cross-origin' : 'same-origin',
    'permissions-policy': 'camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'x-robots-tag': 'noindex, nofollow',
    // Browsers that know frame-ancestors ignore this one; it cannot name origins.
    ...(!framed && { 'x-frame-options': 'DENY' }),
    ...(https && { 'strict-transport-security': `max-age=${HSTS_SECONDS}` }),
  };
}
