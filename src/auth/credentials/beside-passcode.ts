import type { ResponseAttempt } from '../../tokens/kinds/responses/responses.js';
import type { CredentialOrder } from './credential-check.js';

/**
 * The member `pin` of a credential, beside a passcode or a response: one that is given must be right, also where none is
 * demanded.
 */
export function withPin({ credential, rules }: CredentialOrder): Pick<ResponseAttempt, 'shownPin' | 'rules'> {
  const { pin } = credential;
  return { shownPin: pin ?? null, rules: pin === undefined ? rules : { ...rules, pinPrefix: true } };
}
