import { Injectable } from '@nestjs/common';
import type { AuthCaller } from '../../surfaces/auth-envelope/auth-caller.js';
import type { ActivationPurpose } from '../../tokens/activation/activation-code.entity.js';
import type { ActivationAttempt } from '../../tokens/activation/activation-proof.js';
import { CredentialOrders } from '../credentials/credential-orders.js';
import { Credential } from '../credentials/credential.js';
import type { TokenTarget } from './token-target.js';

/** Attempts of calls at codes, with the rules in force for the person. */
@Injectable()
export class CodeAttempts {
  constructor(private readonly orders: CredentialOrders) {}

  /** @throws DomainError as `CredentialOrders.of` */
  async of(caller: AuthCaller, { found, held }: TokenTarget, purpose: ActivationPurpose): Promise<ActivationAttempt> {
    const { rules, context } = await this.orders.of(caller, new Credential(), { found });
    return { found, held, purpose, rules, context };
  }
}
