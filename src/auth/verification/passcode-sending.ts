import { Injectable } from '@nestjs/common';
import { DomainError } from '../../core/errors/domain-error.js';
import { inForce } from '../../core/policies/policy.js';
import { T_PASS } from '../../core/policies/categories/authenticators.js';
import type { WireChannel } from '../../core/policies/channel-names.js';
import type { AuthCaller } from '../../surfaces/auth-envelope/auth-caller.js';
import { invalid } from '../../surfaces/auth-envelope/auth-refusal.js';
import type { TokenReference, UserReference } from '../../surfaces/auth-envelope/references.js';
import { OnDemandPasscodes } from '../../tokens/kinds/on-demand/on-demand-passcodes.js';
import { CHANNEL_OF, WIRE_NAME_OF } from '../../tokens/wire-channels.js';
import { boundToAgent, type CredentialOrder } from '../credentials/credential-check.js';
import { CredentialOrders } from '../credentials/credential-orders.js';
import { Credential } from '../credentials/credential.js';
import { StaticPassword } from '../credentials/static-password.js';
import { TokenChoice } from '../credentials/token-choice.js';
import { AuthPeople } from '../people/auth-people.js';
import { Policies } from '../policies/policies.js';
import { Verification } from './verification.js';

/** A passcode that is wanted. */
export interface PasscodeWanted {
  readonly user: UserReference;
  readonly token?: TokenReference | undefined;
  readonly options?: { readonly channel?: WireChannel; readonly template?: string } | undefined;
  readonly credential?: Credential | undefined;
}

/** A passcode on its way, in the words of the wire. */
export interface PasscodeOnItsWay {
  readonly channel: WireChannel;
  /** Masked. */
  readonly address: string;
  readonly expires: Date;
}

/** The vendor's name for the one message that there is. */
const TEMPLATE = 'One Time Password';

/** Sends passcodes for agents (authentication methods, sections 4.10 and 6.7). */
@Injectable()
export class PasscodeSending {
  constructor(
    private readonly verification: Verification,
    private readonly people: AuthPeople,
    private readonly orders: CredentialOrders,
    private readonly passwords: StaticPassword,
    private readonly policies: Policies,
    private readonly tokens: TokenChoice,
    private readonly passcodes: OnDemandPasscodes,
  ) {}

  /**
   * @throws AuthRefusal 102 for a template that there is not, 250 to 257, 303
   * @throws DomainError as `OnDemandPasscodes.send` and, where the password is asked for, `StaticPassword.verify`
   */
  async send(caller: AuthCaller, wanted: PasscodeWanted): Promise<PasscodeOnItsWay> {
    const { user, token, options, credential = new Credential() } = wanted;
    if (options?.template !== undefined && options.template !== TEMPLATE) throw invalid('options.template');
    const found = await this.verification.person(caller, user, credential);
    await this.people.requireUnblocked(found);
    const order = await this.orders.of(caller, credential, { found, token });
    if (wanted.credential || (await this.isPasswordAsked(order))) await this.passwords.verify(order);
    const channel = options?.channel === undefined ? undefined : CHANNEL_OF[options.channel];
    if (options?.channel !== undefined && channel === undefined) throw new DomainError('channel-not-allowed');
    const sent = await this.passcodes.send({
      found,
      context: order.context,
      rules: order.rules,
      use: 'logon',
      boundTo: boundToAgent(caller.agent),
      channel,
      tokenId: await this.token(order),
    });
    return { channel: WIRE_NAME_OF[sent.channel], address: sent.recipient, expires: sent.expires };
  }

  private async isPasswordAsked({ snapshot, found }: CredentialOrder): Promise<boolean> {
    return inForce(await this.policies.inForce(snapshot, 'T-Pass', { found }), T_PASS.requirePassword);
  }

  /**
   * The T-Pass that it is sent for. Passcodes need none; but who has one, and none that works, has been switched off by it
   * (attack class 41).
   *
   * @throws AuthRefusal 250 to 257
   */
  private async token({ found, token: reference }: CredentialOrder): Promise<string | undefined> {
    const wish = { accountId: found.account.id, kinds: ['T-Pass'] as const, reference };
    if (!reference && !(await this.tokens.hasAny(wish))) return undefined;
    return (await this.tokens.pick(wish)).id;
  }
}
