import { Injectable } from '@nestjs/common';
import type { PlainSecret } from '../../core/crypto/secret-types.js';
import { DomainError } from '../../core/errors/domain-error.js';
import { SELF_SERVICE } from '../../core/policies/categories/self-service.js';
import { Clock } from '../../core/time/clock.js';
import type { AuthCaller } from '../../surfaces/auth-envelope/auth-caller.js';
import { AuthRefusal } from '../../surfaces/auth-envelope/auth-refusal.js';
import type { TokenKindName } from '../../tokens/token-kinds.js';
import { Attempts } from '../../tokens/verification/attempts.js';
import { AuthenticatorResync } from '../../tokens/verification/authenticator-resync.js';
import { CredentialOrders } from '../credentials/credential-orders.js';
import { Credential } from '../credentials/credential.js';
import { Policies } from '../policies/policies.js';
import { refuseIf, unusable } from './token-standing.js';
import { type TargetReference, TokenTargets } from './token-target.js';

/** Kinds whose codes have an order. */
const SYNCHRONISED: ReadonlySet<TokenKindName> = new Set(['TOTP', 'HOTP'] as const);

/** What the codes may come to nothing for. */
const REFUSED = ['passcode-wrong', 'passcode-replayed', 'authenticator-locked'] as const;

/** Tokens that have drifted, brought back by codes in sequence (authentication methods, sections 4.12 and 6.2). */
@Injectable()
export class Synchronisation {
  constructor(
    private readonly targets: TokenTargets,
    private readonly orders: CredentialOrders,
    private readonly resync: AuthenticatorResync,
    private readonly attempts: Attempts,
    private readonly policies: Policies,
    private readonly clock: Clock,
  ) {}

  /**
   * @throws AuthRefusal 235, 303, 253 to 257, 310, and as `TokenTargets.find`
   * @throws DomainError `authenticator-locked`
   */
  async run(caller: AuthCaller, reference: TargetReference, codes: readonly PlainSecret[]): Promise<void> {
    const { found, held } = await this.targets.find(
      caller,
      reference,
      (one) => SYNCHRONISED.has(one.token.kind) && unusable(one, this.clock.now()) === undefined,
    );
    await this.policies.requireSelfService(caller.snapshot, found, SELF_SERVICE.syncToken);
    if (!SYNCHRONISED.has(held.token.kind)) throw new AuthRefusal(303);
    refuseIf(unusable(held, this.clock.now()));
    const { rules, context } = await this.orders.of(caller, new Credential(), { found });
    try {
      await this.resync.byCodes({ found, requestId: undefined, context }, held, codes, rules);
    } catch (error) {
      const code = REFUSED.find((refused) => DomainError.is(error, refused));
      if (code === undefined) throw error;
      const detail = { ...context.detail, serial: held.token.serial };
      const attempt = { accountId: found.account.id, authenticator: 'OTP', context: { ...context, detail } } as const;
      await this.attempts.refuse(attempt, code, undefined, 'synchronisation');
      throw code === 'authenticator-locked' ? error : new AuthRefusal(310);
    }
  }
}
