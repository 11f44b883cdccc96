import { Injectable } from '@nestjs/common';
import type { FoundPerson } from '../../core/directory/people.js';
import type { ChallengePurpose } from '../../tokens/challenges/challenge-purpose.js';
import { challengeId, NamedChallenges } from '../../tokens/challenges/named-challenges.js';
import { FidoAssertions } from '../../tokens/kinds/fido/fido-assertions.js';
import { OtpListChallenges } from '../../tokens/kinds/otp-list/otp-list-challenges.js';
import { QuestionAsking } from '../../tokens/kinds/questions/question-asking.js';
import { ResponseKinds } from '../../tokens/kinds/responses/response-kinds.js';
import { type ChallengeWish, Responses } from '../../tokens/kinds/responses/responses.js';
import { PushNumbers } from '../../tokens/push-requests/push-numbers.js';
import type { TokenChallenge } from '../../tokens/token-challenge.entity.js';
import { AUTHENTICATOR_OF, type TokenKindName } from '../../tokens/token-kinds.js';
import type { TokenStanding } from '../credentials/token-choice.repository.js';

/** A challenge as it goes to the agent. */
export interface IssuedChallenge {
  readonly id: string;
  readonly code: string;
  readonly starts: Date;
  readonly expires: Date;
  /** UUID. */
  readonly reference: string;
  /** Whether it is answered with the symbols of a grid, printed or on screen. */
  readonly grid: boolean;
}

/** Kinds that are asked in their own ways. */
const ASKED: ReadonlySet<TokenKindName> = new Set(['FIDO', 'Questions', 'OTPList', 'Push']);

/** Wrong responses that end a challenge (authentication methods, section 4.9). */
const WRONG_RESPONSES = 3;

/** A grid on screen is good for one check (section 6.6): each passcode that is seen together with it tells of the path. */
const CHECKS_OF_A_GRID = 1;

/** Makes the challenge of each kind of token that can be asked. A newer one takes the place of an older one. */
@Injectable()
export class ChallengeMakers {
  constructor(
    private readonly kinds: ResponseKinds,
    private readonly responses: Responses,
    private readonly fido: FidoAssertions,
    private readonly questions: QuestionAsking,
    private readonly lists: OtpListChallenges,
    private readonly numbers: PushNumbers,
    private readonly named: NamedChallenges,
  ) {}

  canAsk(kind: TokenKindName): boolean {
    return ASKED.has(kind) || this.kinds.find(kind) !== undefined;
  }

  /** @throws DomainError `no-usable-token`, `token-spent`, `feature-locked` */
  async make(
    found: FoundPerson,
    { id: tokenId, kind }: TokenStanding,
    { boundTo, rules }: Pick<ChallengeWish, 'boundTo' | 'rules'>,
  ): Promise<IssuedChallenge> {
    const { account, domain } = found;
    switch (kind) {
      case 'FIDO': {
        const options = await this.fido.begin({ accountId: account.id, domainId: domain.id, boundTo });
        return this.asked(account.id, boundTo, 'fido-assertion', JSON.stringify(options));
      }
      case 'Questions': {
        const { questions } = await this.questions.ask(found, boundTo);
        return this.asked(account.id, boundTo, 'questions', JSON.stringify({ questions }));
      }
      case 'OTPList': {
        const { number } = await this.lists.ask(found, boundTo, WRONG_RESPONSES);
        return this.asked(account.id, boundTo, 'otp-list', String(number));
      }
      case 'Push':
        return issued(await this.numbers.draw(found, boundTo));
      default: {
        const wish = { accountId: account.id, authenticator: AUTHENTICATOR_OF[kind], tokenId, boundTo, rules };
        const attempts = kind === 'GridGo' ? CHECKS_OF_A_GRID : WRONG_RESPONSES;
        const [challenge] = await this.responses.put({ ...wish, attempts });
        return { ...issued(challenge), grid: kind === 'GridCard' || kind === 'GridGo' };
      }
    }
  }

  /** The challenge that was put a moment ago, with what its kind shows in place of what it keeps. */
  private async asked(
    accountId: string,
    boundTo: string,
    purpose: ChallengePurpose,
    code: string,
  ): Promise<IssuedChallenge> {
    const challenge = await this.named.open({ accountId, boundTo, purposes: [purpose], name: undefined });
    if (!challenge) throw new Error('a challenge that was put a moment ago is gone');
    return { ...issued(challenge), code };
  }
}

function issued(challenge: TokenChallenge): IssuedChallenge {
  const { id: reference, code, starts, expires } = challenge;
  return { id: challengeId(challenge), code: code ?? '', starts, expires, reference, grid: false };
}
