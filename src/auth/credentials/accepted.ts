import { DomainError, type DomainErrorCode } from '../../core/errors/domain-error.js';
import type { UsableToken } from '../../tokens/usable-token.js';
import type { AuthenticatorCode } from '../applications/application.js';
import type { AcceptedCredential } from './credential-check.js';

/** How a verification ended, whatever it verified. */
type Verdict =
  { readonly ok: true; readonly token?: UsableToken } | { readonly ok: false; readonly code: DomainErrorCode };

/** A right credential. @throws DomainError for a wrong one */
export function accepted(method: AuthenticatorCode, verdict: Verdict): AcceptedCredential {
  if (!verdict.ok) throw new DomainError(verdict.code);
  const { token } = verdict;
  return { method, token: token && { id: token.tokenId, serial: token.serial } };
}
