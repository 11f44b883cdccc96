import { Injectable } from '@nestjs/common';
import { DomainError } from '../../core/errors/domain-error.js';
import { given, inForce } from '../../core/policies/policy.js';
import { OOBA } from '../../core/policies/categories/authenticators.js';
import { AuthRefusal } from '../../surfaces/auth-envelope/auth-refusal.js';
import { PushNumbers } from '../../tokens/push-requests/push-numbers.js';
import { PushRequests } from '../../tokens/push-requests/push-requests.js';
import { Policies } from '../policies/policies.js';
import { ChallengeAnswers } from './challenge-answers.js';
import {
  type AcceptedCredential,
  boundToAgent,
  type CredentialCheck,
  type CredentialOrder,
} from './credential-check.js';
import { TokenChoice } from './token-choice.js';

/**
 * `OOBA`: the person approves on a device of theirs (authentication methods, section 6.11). Waits for the answer, without
 * a database connection, until the request's time is over or the agent hangs up.
 */
@Injectable()
export class PushApproval implements CredentialCheck {
  readonly method = 'OOBA';

  constructor(
    private readonly requests: PushRequests,
    private readonly numbers: PushNumbers,
    private readonly challenges: ChallengeAnswers,
    private readonly tokens: TokenChoice,
    private readonly policies: Policies,
  ) {}

  async verify(order: CredentialOrder): Promise<AcceptedCredential> {
    const { agent, application, found, rules, context, remoteIp, session, hangUp } = order;
    const policy = await this.policies.inForce(order.snapshot, 'OOBA', { found, application });
    // Outside a logon no logon policy denies anything (section 4.8): no device is of use.
    if (!inForce(policy, OOBA.enabled)) throw new AuthRefusal(application ? 235 : 251, {}, 'no approvals on devices');
    const { outcome, token } = await this.requests.request(found, {
      applicationName: application?.name ?? agent.name,
      remoteIp,
      timeoutSeconds: given(policy, OOBA.requestTimeoutSeconds),
      tokenId: await this.device(order),
      number: await this.number(order),
      localAuth: inForce(policy, OOBA.localAuth),
      rules,
      context,
      session,
      signal: hangUp.signal,
    });
    if (outcome === 'approved') return { method: this.method, token };
    throw new AuthRefusal(outcome === 'denied' ? 380 : 381);
  }

  /** The number that the agent shows, used up for this request. @throws DomainError `challenge-not-valid` */
  private async number(order: CredentialOrder): Promise<string | undefined> {
    if (order.credential.cc === undefined) return undefined;
    const challenge = await this.challenges.find(order, ['push']);
    const number = challenge && (await this.numbers.take(order.found, boundToAgent(order.agent), challenge.id));
    if (number === undefined) throw new DomainError('challenge-not-valid');
    return number;
  }

  /** The device that is named, in `token` or in the credential. @throws AuthRefusal 250 to 257 */
  private async device({ found, token, credential }: CredentialOrder): Promise<string | undefined> {
    const { tokenId } = credential;
    const named = tokenId === undefined ? token : { ...token, id: token?.id ?? tokenId };
    if (!named) return undefined;
    const wish = { accountId: found.account.id, kinds: ['Push'] as const };
    const { id } = await this.tokens.pick({ ...wish, reference: named });
    if (tokenId !== undefined && tokenId.toLowerCase() !== id) throw new AuthRefusal(250);
    return id;
  }
}
