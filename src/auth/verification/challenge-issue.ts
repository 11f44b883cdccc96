import { Injectable } from '@nestjs/common';
import { Database } from '../../core/database/database.js';
import type { FoundPerson } from '../../core/directory/people.js';
import { DomainError } from '../../core/errors/domain-error.js';
import { Throttle } from '../../core/throttle/throttle.js';
import type { ThrottleRule } from '../../core/throttle/throttle-rule.js';
import type { AuthCaller } from '../../surfaces/auth-envelope/auth-caller.js';
import { AuthRefusal } from '../../surfaces/auth-envelope/auth-refusal.js';
import type { TokenReference } from '../../surfaces/auth-envelope/references.js';
import { AccountBlocks } from '../../tokens/blocking/account-blocks.js';
import { AUTHENTICATOR_OF, TOKEN_KINDS, type TokenKindName } from '../../tokens/token-kinds.js';
import { boundToAgent } from '../credentials/credential-check.js';
import { TokenChoice } from '../credentials/token-choice.js';
import { Policies } from '../policies/policies.js';
import { ChallengeMakers, type IssuedChallenge } from './challenge-makers.js';

/** Challenges that one person may be put (authentication methods, section 4.17). */
const PER_PERSON: ThrottleRule = { name: 'auth-challenges', limit: 10, window: 60 };

/** Asked first where no token is named. */
const UNNAMED: readonly TokenKindName[] = ['OCRA', 'GridCard', 'GridGo', 'FIDO'];

/** Puts challenges to people's tokens (authentication methods, section 4.17). */
@Injectable()
export class ChallengeIssue {
  constructor(
    private readonly tokens: TokenChoice,
    private readonly makers: ChallengeMakers,
    private readonly policies: Policies,
    private readonly blocks: AccountBlocks,
    private readonly throttle: Throttle,
    private readonly database: Database,
  ) {}

  /**
   * @throws AuthRefusal 250 to 257, 321
   * @throws DomainError `authenticator-locked`, `account-locked`, `token-spent`, `feature-locked`; `too-many-attempts`
   *   with `retryAfter` seconds
   */
  async issue(
    { snapshot, agent }: Pick<AuthCaller, 'snapshot' | 'agent'>,
    found: FoundPerson,
    reference: TokenReference | undefined,
  ): Promise<IssuedChallenge> {
    const accountId = found.account.id;
    const { block, locked } = await this.blocks.state(this.database.manager, found);
    if (block) throw new DomainError('account-locked');
    const token = await this.tokens.pick({ accountId, kinds: reference ? TOKEN_KINDS : UNNAMED, reference });
    if (!this.makers.canAsk(token.kind)) throw new AuthRefusal(321);
    if (locked.includes(AUTHENTICATOR_OF[token.kind])) throw new DomainError('authenticator-locked');
    await this.throttle.require(PER_PERSON, accountId);
    const rules = await this.policies.tokenRules(snapshot, found, undefined);
    return this.makers.make(found, token, { boundTo: boundToAgent(agent), rules });
  }
}
