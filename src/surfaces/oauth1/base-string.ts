import type { FormPair } from './form-parameters.js';
import type { OAuthCall } from './oauth-call.js';
import { percentEncode } from './percent-encoding.js';

/**
 * The signature base string (RFC 5849 section 3.4.1).
 *
 * @param publicUrl our address as the configuration knows it: what a request says of its host decides nothing
 */
export function baseString({ method, path, signed }: Omit<OAuthCall, 'oauth' | 'fields'>, publicUrl: string): string {
  return [method, `${new URL(publicUrl).origin}${path}`, normalizedParameters(signed)].map(percentEncode).join('&');
}

/** The parameters encoded, sorted by name and then by value, each by its bytes, and joined (section 3.4.1.3.2). */
export function normalizedParameters(pairs: readonly FormPair[]): string {
  return pairs
    .map(([name, value]): FormPair => [percentEncode(name), percentEncode(value)])
    .toSorted(([name, value], [otherName, otherValue]) => compare(name, otherName) || compare(value, otherValue))
    .map((pair) => pair.join('='))
    .join('&');
}

/** By bytes, because what is encoded is ASCII. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
