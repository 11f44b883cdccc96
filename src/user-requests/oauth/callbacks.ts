import type { ConfigurationSnapshot } from '../../core/domains/configuration-snapshot.js';
import { redirectTarget } from '../../core/web/redirect-target.js';
import { OAuthProblem } from '../../surfaces/oauth1/oauth-problem.js';
import { allowedRedirectOrigins } from '../redirect-origins.js';
import type { Consumer } from './consumers.js';

/** `oauth_callback` of a consumer that no browser can return to: the person carries the verifier (RFC 5849, 2.1). */
export const OUT_OF_BAND = 'oob';

/** Symbols of a verifier that people copy by hand; none looks like another. Twelve of them are 58 bits. */
export const VERIFIER_SYMBOLS = 'abcdefghjkmnpqrstuvwxyz23456789';

/** Where a person goes after the decision: to an address, or nowhere, with a verifier to carry or without. */
export type AfterConsent =
  | { readonly kind: 'redirect'; readonly address: string }
  | { readonly kind: 'stay'; readonly verifier: string | undefined };

/**
 * The callback that a consumer asks for. Its origin is one of the `allowed_redirect_origins` of the consumer's domain, and
 * it is no path of ours, so that a verifier never goes where the operator has not said (attack class 56).
 *
 * @returns undefined when none is asked for
 * @throws OAuthProblem `parameter_rejected`
 */
export function acceptedCallback(
  snapshot: ConfigurationSnapshot,
  { domain }: Consumer,
  asked: string | undefined,
): string | undefined {
  if (asked === undefined || asked === '') return undefined;
  if (asked === OUT_OF_BAND) return OUT_OF_BAND;
  const allowed = snapshot.setting(allowedRedirectOrigins, domain.id);
  const target = asked.startsWith('/') ? undefined : redirectTarget(asked, allowed);
  if (target === undefined) throw OAuthProblem.rejected('oauth_callback');
  return target;
}

/** What to do with the parameters for the consumer. */
export function afterConsent(callback: string | null, parameters: Readonly<Record<string, string>>): AfterConsent {
  if (callback === null || callback === OUT_OF_BAND) {
    return { kind: 'stay', verifier: parameters['oauth_verifier'] };
  }
  const address = new URL(callback);
  for (const [name, value] of Object.entries(parameters)) address.searchParams.append(name, value);
  return { kind: 'redirect', address: address.href };
}
