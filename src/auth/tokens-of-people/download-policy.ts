import ipaddr from 'ipaddr.js';
import type { ConfigurationSnapshot } from '../../core/domains/configuration-snapshot.js';
import { TOKEN_PRODUCT } from '../../core/policies/categories/token-product.js';
import { inForce, type PolicySubject } from '../../core/policies/policy.js';
import { productPolicy } from '../../tokens/activation/activation-rules.js';
import type { TokenKindName } from '../../tokens/token-kinds.js';
import type { Token } from '../../tokens/token.entity.js';

/** What a download needs. */
export interface DownloadRules {
  readonly authorisation: 'NONE' | 'CODE_SENT' | 'CODE';
  readonly authentication: boolean;
}

/** Kinds whose key an app can take. */
const DOWNLOADABLE: ReadonlySet<TokenKindName> = new Set(['TOTP', 'HOTP'] as const);

/** Addresses of a network of one's own (RFC 1918, RFC 4193, RFC 3927, RFC 4291), and of this machine. */
const LOCAL: ReadonlySet<string> = new Set(['private', 'loopback', 'linkLocal', 'uniqueLocal']);

/**
 * The rules for putting a token on a device, as the policy of its product has them.
 *
 * @param address the end user's; without one nobody is in the local network (attack class 33)
 * @returns undefined where the token is not put on any: no key for an app, switched off, or not from there. Without a
 *   policy that allows it nothing is
 */
export function downloadRules(
  snapshot: ConfigurationSnapshot,
  subject: PolicySubject,
  { kind, product, secretSealed }: Token,
  address: string | undefined,
): DownloadRules | undefined {
  if (!DOWNLOADABLE.has(kind) || secretSealed === null) return undefined;
  const policy = productPolicy(snapshot, product, subject);
  const place = inForce(policy, TOKEN_PRODUCT.inAppDownload);
  if (place === 'DISABLED' || (place === 'LOCAL' && !isLocal(address))) return undefined;
  return {
    authorisation: inForce(policy, TOKEN_PRODUCT.downloadAuthorisation),
    authentication: inForce(policy, TOKEN_PRODUCT.downloadAuthentication),
  };
}

function isLocal(address: string | undefined): boolean {
  return address !== undefined && ipaddr.isValid(address) && LOCAL.has(ipaddr.process(address).range());
}
