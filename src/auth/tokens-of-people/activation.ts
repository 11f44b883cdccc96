import { Injectable } from '@nestjs/common';
import type { PlainSecret } from '../../core/crypto/secret-types.js';
import { DomainError } from '../../core/errors/domain-error.js';
import type { AuthCaller } from '../../surfaces/auth-envelope/auth-caller.js';
import { AuthRefusal, invalid } from '../../surfaces/auth-envelope/auth-refusal.js';
import type { ProofRefusal } from '../../tokens/activation/activation-proof.js';
import { isAcHash } from '../../tokens/activation/code-text.js';
import { TokenActivation } from '../../tokens/activation/token-activation.js';
import { CodeAttempts } from './code-attempts.js';
import { refuseIf, switchedOff } from './token-standing.js';
import { type TargetReference, TokenTargets } from './token-target.js';

/** People make their tokens usable by the code that they were sent (authentication methods, section 4.14). */
@Injectable()
export class Activation {
  constructor(
    private readonly targets: TokenTargets,
    private readonly attempts: CodeAttempts,
    private readonly activation: TokenActivation,
  ) {}

  /**
   * @throws AuthRefusal 102 for what is no hash of a code; 350, 351, 352, 253, 255, and as `TokenTargets.find`
   * @throws DomainError `authenticator-locked`; `slot-taken`
   */
  async activate(caller: AuthCaller, reference: TargetReference, hash: PlainSecret): Promise<void> {
    requireAcHash(hash);
    const target = await this.targets.find(caller, reference, ({ assignment }) => assignment.status === 'INACTIVE');
    refuseIf(switchedOff(target.held));
    if (target.held.assignment.status === 'ACTIVE') throw new AuthRefusal(352);
    const attempt = await this.attempts.of(caller, target, 'activation');
    const outcome = await this.activation.activate(attempt, hash);
    if (outcome.ok) return;
    throw outcome.code === 'nothing-to-change' ? new AuthRefusal(352) : codeRefusal(outcome.code);
  }
}

/** @throws AuthRefusal 102 */
export function requireAcHash(hash: PlainSecret): void {
  if (!isAcHash(hash)) throw invalid('acHash');
}

/** A refusal of a code in the words of the wire: 350, 351, or 203. */
export function codeRefusal(code: ProofRefusal): Error {
  if (code === 'authenticator-locked') return new DomainError(code);
  return new AuthRefusal(code === 'passcode-wrong' ? 350 : 351);
}
