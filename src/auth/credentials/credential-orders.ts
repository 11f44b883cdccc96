import { Injectable } from '@nestjs/common';
import type { AuthCaller } from '../../surfaces/auth-envelope/auth-caller.js';
import { Policies } from '../policies/policies.js';
import type { CredentialOrder } from './credential-check.js';
import { credentialOrder, type Presented } from './credential-order.js';
import type { Credential } from './credential.js';

/** Makes orders of calls, with the rules in force for the person. */
@Injectable()
export class CredentialOrders {
  constructor(private readonly policies: Policies) {}

  /** @throws DomainError `directory-unavailable`, `directory-misconfigured` where groups decide about rules */
  async of(caller: AuthCaller, credential: Credential, presented: Presented): Promise<CredentialOrder> {
    const rules = await this.policies.tokenRules(caller.snapshot, presented.found, presented.application);
    return credentialOrder(caller, credential, presented, rules);
  }
}
