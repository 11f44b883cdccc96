import { Injectable } from '@nestjs/common';
import type { PlainSecret } from '../../core/crypto/secret-types.js';
import { AuthRefusal } from '../../surfaces/auth-envelope/auth-refusal.js';
import type { ChallengePurpose } from '../../tokens/challenges/challenge-purpose.js';
import { NamedChallenges } from '../../tokens/challenges/named-challenges.js';
import { ResponseKinds } from '../../tokens/kinds/responses/response-kinds.js';
import { Responses } from '../../tokens/kinds/responses/responses.js';
import type { TokenChallenge } from '../../tokens/token-challenge.entity.js';
import { TOKEN_KINDS } from '../../tokens/token-kinds.js';
import { accepted } from './accepted.js';
import { withPin } from './beside-passcode.js';
import { ClientChallenges } from './client-challenges.js';
import { type AcceptedCredential, boundToAgent, type CredentialOrder } from './credential-check.js';
import { TokenChoice } from './token-choice.js';

/** Authenticators whose tokens answer challenges: RFC 6287, cards, grids on screen. */
export type AnsweringMethod = 'OTP' | 'GRID' | 'GRIDGO';

/** Named in place of a challenge that was not found, so that the attempt is refused and written down like every other. */
export const NO_CHALLENGE = 'none';

/** Responses to challenges (authentication methods, section 4.9): the one that `cc` names, or else the newest. */
@Injectable()
export class ChallengeAnswers {
  constructor(
    private readonly kinds: ResponseKinds,
    private readonly named: NamedChallenges,
    private readonly responses: Responses,
    private readonly tokens: TokenChoice,
    private readonly madeUp: ClientChallenges,
  ) {}

  /** The open challenge that a credential answers. */
  find({ agent, found, credential }: CredentialOrder, purposes: readonly ChallengePurpose[]) {
    const { cc: name } = credential;
    return this.named.open({ accountId: found.account.id, boundTo: boundToAgent(agent), purposes, name });
  }

  /**
   * @throws AuthRefusal 250 to 257, 321
   * @throws DomainError `challenge-not-valid`, `passcode-wrong`, `authenticator-locked`
   */
  async verify(order: CredentialOrder, method: AnsweringMethod, typed: PlainSecret): Promise<AcceptedCredential> {
    const kinds = this.kinds.names(method);
    const wish = { accountId: order.found.account.id, kinds, reference: order.token };
    const meant = await this.tokens.meant(wish);
    const challenge =
      (await this.find(order, this.purposes(method))) ?? (method === 'OTP' ? await this.madeUp.put(order) : undefined);
    if (!challenge) await this.requireAnsweringToken(order);
    const verdict = await this.responses.answer({
      accountId: wish.accountId,
      authenticator: method,
      ...meant,
      typed,
      challengeId: challenge?.id ?? NO_CHALLENGE,
      boundTo: boundToAgent(order.agent),
      lookUp: challenge && this.madeUp.useOf(challenge),
      ...withPin(order),
      context: order.context,
    });
    if (!verdict.ok && verdict.code === 'no-usable-token') throw await this.notThisToken(order, challenge);
    return accepted(method, verdict);
  }

  private purposes(method: AnsweringMethod): ChallengePurpose[] {
    return this.kinds.names(method).flatMap((name) => this.kinds.find(name)?.purpose ?? []);
  }

  /** Tells a token that answers no challenges from a challenge that is not there. @throws AuthRefusal 250 to 257, 321 */
  private async requireAnsweringToken({ found, token: reference }: CredentialOrder): Promise<void> {
    if (!reference) return;
    const { kind } = await this.tokens.pick({ accountId: found.account.id, kinds: TOKEN_KINDS, reference });
    if (!this.kinds.find(kind)) throw new AuthRefusal(321);
  }

  /** The challenge is there, and its token cannot be used; or it is not the token that was named. */
  private notThisToken({ found, token }: CredentialOrder, challenge: TokenChallenge | undefined): Promise<AuthRefusal> {
    const id = challenge?.tokenId ?? undefined;
    const reference = token ?? (id === undefined ? undefined : { id });
    return this.tokens.refusal({ accountId: found.account.id, kinds: this.kinds.names(), reference });
  }
}
