import { Injectable } from '@nestjs/common';
import { SELF_SERVICE } from '../../core/policies/categories/self-service.js';
import type { WireChannel } from '../../core/policies/channel-names.js';
import type { AuthCaller } from '../../surfaces/auth-envelope/auth-caller.js';
import { AuthRefusal } from '../../surfaces/auth-envelope/auth-refusal.js';
import type { ActivationPurpose } from '../../tokens/activation/activation-code.entity.js';
import { activationCodeRules } from '../../tokens/activation/activation-rules.js';
import { ActivationSender, type SentCode } from '../../tokens/activation/activation-sender.js';
import { contextOf } from '../credentials/credential-order.js';
import { Policies } from '../policies/policies.js';
import { provisioningUrl } from './provisioning-url.js';
import { refuseIf, switchedOff } from './token-standing.js';
import { type TargetReference, type TokenTarget, TokenTargets } from './token-target.js';

/** How a code is to be sent. */
export interface SendingWish {
  readonly channel?: WireChannel | undefined;
  readonly provisioningUrl?: string | undefined;
}

/** Has activation and authorisation codes sent to people (authentication methods, sections 4.11 and 6.9). */
@Injectable()
export class ActivationCodeSending {
  constructor(
    private readonly targets: TokenTargets,
    private readonly policies: Policies,
    private readonly sender: ActivationSender,
  ) {}

  /**
   * @throws AuthRefusal 102, 235, 352, 253, 255, and as `TokenTargets.find`
   * @throws DomainError as `ActivationSender.send`
   */
  async send(caller: AuthCaller, reference: TargetReference, wish: SendingWish): Promise<SentCode> {
    const page = provisioningUrl(caller.snapshot, wish.provisioningUrl);
    const target = await this.targets.find(caller, reference, ({ assignment }) => assignment.status === 'INACTIVE');
    await this.policies.requireSelfService(caller.snapshot, target.found, SELF_SERVICE.requestActivationCode);
    refuseIf(switchedOff(target.held));
    if (target.held.assignment.status === 'ACTIVE') throw new AuthRefusal(352);
    return this.sendTo(caller, target, 'activation', { channel: wish.channel, page });
  }

  /** @throws DomainError as `ActivationSender.send` */
  async sendTo(
    caller: AuthCaller,
    { found, held }: TokenTarget,
    purpose: ActivationPurpose,
    how: { readonly channel?: WireChannel | undefined; readonly page?: string | undefined } = {},
  ): Promise<SentCode> {
    const { snapshot } = caller;
    const rules = activationCodeRules(snapshot, await this.policies.subjectOf(snapshot, found));
    return this.sender.send({ found, held, purpose, rules, snapshot, context: contextOf(caller, { found }), ...how });
  }
}
