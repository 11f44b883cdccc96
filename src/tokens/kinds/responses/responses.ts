import { Injectable } from '@nestjs/common';
import { KeyRing } from '../../../core/crypto/key-ring.js';
import type { KeyedDigest, PlainSecret } from '../../../core/crypto/secret-types.js';
import { Database, rows } from '../../../core/database/database.js';
import { DomainError } from '../../../core/errors/domain-error.js';
import { Clock } from '../../../core/time/clock.js';
import { Challenges } from '../../challenges/challenges.js';
import type { TokenChallenge } from '../../token-challenge.entity.js';
import type { Authenticator, TokenKindName } from '../../token-kinds.js';
import { rulesOf, type TokenRules } from '../../token-rules.js';
import type { UsableToken } from '../../usable-token.js';
import { AttemptRepository } from '../../verification/attempt.repository.js';
import {
  type AttemptOrder,
  type AttemptRefusal,
  Attempts,
  type AttemptVerdict,
  type BegunAttempt,
} from '../../verification/attempts.js';
import { inHistory } from '../../verification/passcode-history.js';
import { type WithoutPin, withoutPin } from '../../verification/typed-pin.js';
import type { ResponseKind } from './response-kind.js';
import { ResponseKinds } from './response-kinds.js';

/** For whom a challenge is wanted. */
export interface ChallengeWish {
  readonly accountId: string;
  readonly authenticator: Authenticator;
  /** The token to be asked; the most wanted one of the authenticator when absent. */
  readonly tokenId?: string | undefined;
  /** Whom it is given to, e.g. `request <id>`; nobody else may answer it. */
  readonly boundTo: string;
  /** The rules in force for the person, where they are known; what the kind and the token have otherwise. */
  readonly rules?: TokenRules | undefined;
  /** Failures after which the challenge is dead; three when absent. */
  readonly attempts?: number | undefined;
}

/** A response, and to what. */
export interface ResponseAttempt extends Omit<AttemptOrder, 'kinds'> {
  /** As typed, with the PIN in front of it where the rules want one. */
  readonly typed: PlainSecret;
  /** As `PasscodeAttempt.shownPin`. */
  readonly shownPin?: PlainSecret | null | undefined;
  readonly challengeId: string;
  readonly boundTo: string;
  /** Digests of which one must be found unused among the token's codes, and is used up with the challenge. */
  readonly lookUp?: readonly KeyedDigest[] | undefined;
}

export type ResponseVerdict = AttemptVerdict<
  Extract<
    AttemptRefusal,
    'passcode-wrong' | 'passcode-replayed' | 'challenge-not-valid' | 'authenticator-locked' | 'no-usable-token'
  >
>;

/** Failures after which a challenge is dead (authentication methods, section 4.9). */
const ATTEMPTS_AT_ONE = 3;

/** Questions to tokens, and their answers: OCRA, grid cards, grids on screen. */
@Injectable()
export class Responses {
  constructor(
    private readonly kinds: ResponseKinds,
    private readonly challenges: Challenges,
    private readonly attempts: Attempts,
    private readonly repository: AttemptRepository,
    private readonly database: Database,
    private readonly keyRing: KeyRing,
    private readonly clock: Clock,
  ) {}

  /**
   * Puts a challenge to a person's token; an older one of the same token is void.
   *
   * @throws DomainError `no-usable-token`; `token-spent` when the card is exhausted
   */
  async put({
    accountId,
    authenticator,
    tokenId,
    boundTo,
    rules,
    attempts = ATTEMPTS_AT_ONE,
  }: ChallengeWish): Promise<[TokenChallenge, UsableToken]> {
    const kinds = this.kinds.names(authenticator);
    const [token] = await this.repository.usable({ accountId, kinds, tokenId, now: this.clock.now() });
    if (!token) throw new DomainError('no-usable-token');
    const kind = this.kindOf(token);
    const own = rules && rulesOf(rules, token.product);
    const challenge = await this.database.transaction(async (tx) => {
      await rows(tx, 'SELECT 1 FROM tokens WHERE id = $1 FOR UPDATE', [token.tokenId]);
      const code = await kind.draw(tx, token, own);
      if (code === undefined) throw new DomainError('token-spent');
      return this.challenges.create(tx, {
        purpose: kind.purpose,
        scope: 'token',
        accountId,
        tokenId: token.tokenId,
        boundTo,
        code,
        seconds: (kind.purpose === 'ocra' ? rules?.challengeSeconds : undefined) ?? kind.seconds,
        attemptLimit: attempts,
      });
    });
    return [challenge, token];
  }

  /**
   * Checks a response: counted at the challenge and for the person before it is looked at. What answers no challenge is
   * not counted for the person, so that nobody locks them with made-up ones (attack class 31).
   */
  async answer(attempt: ResponseAttempt): Promise<ResponseVerdict> {
    const kinds = this.kinds.names(attempt.authenticator);
    const challenge = await this.counted(attempt, kinds);
    const tokenId = challenge?.tokenId ?? undefined;
    const order: AttemptOrder = { ...attempt, kinds, tokenId };
    if (!challenge || tokenId === undefined) return this.attempts.refuse(order, 'challenge-not-valid');
    const begun = await this.challenges.alsoCounting(challenge, () => this.attempts.begin(order));
    if (begun.locked) return this.attempts.refuse(order, 'authenticator-locked');
    const [token] = begun.tokens;
    if (!token) return this.attempts.refuse(order, 'no-usable-token');
    const kind = this.kindOf(token);
    const rules = rulesOf(attempt.rules, token.product);
    const { code: typed, open } = this.withoutPin(kind, token, { ...attempt, rules, pin: begun.pin });
    const advance = kind.judge(token, challenge, typed, begun.start.now, rules);
    if (!advance || !open) return this.attempts.refuse(order, 'passcode-wrong', token);
    const memory = kind.remembered?.(typed, rules, token);
    const known = memory && inHistory(this.keyRing, token, memory.passcode, memory.kept);
    if (known?.used) return this.attempts.refuse(order, 'passcode-replayed', token);
    const won = await this.attempts.settle(order, begun, {
      token,
      advance,
      challengeId: challenge.id,
      ...(memory && known && { passcode: known.digest, history: memory.kept }),
      ...(attempt.lookUp && { lookUp: attempt.lookUp }),
    });
    return won ? { ok: true, token } : this.attempts.refuse(order, 'challenge-not-valid', token);
  }

  /** The challenge that is answered, its attempt counted; of whichever kind it is. */
  private async counted(
    { accountId, boundTo, challengeId, tokenId }: ResponseAttempt,
    kinds: readonly TokenKindName[],
  ): Promise<TokenChallenge | undefined> {
    for (const name of kinds) {
      const purpose = this.kinds.find(name)?.purpose;
      const answered = { accountId, boundTo, id: challengeId, ...(tokenId !== undefined && { tokenId }) };
      const challenge = purpose && (await this.challenges.count({ purpose, ...answered }));
      if (challenge) return challenge;
    }
    return undefined;
  }

  /** What was typed without the PIN, where responses of this kind go with one. */
  private withoutPin(
    kind: ResponseKind,
    token: UsableToken,
    { typed, shownPin, rules, pin }: Pick<ResponseAttempt, 'typed' | 'shownPin' | 'rules'> & Pick<BegunAttempt, 'pin'>,
  ): WithoutPin {
    const length = kind.responseLength?.(token);
    if (length === undefined) return { code: typed, open: true };
    const { authenticator } = kind;
    return withoutPin(this.keyRing, token, { typed, shownPin, length, authenticator, rules, pin });
  }

  private kindOf(token: UsableToken): ResponseKind {
    const kind = this.kinds.find(token.kind);
    if (!kind) throw new Error(`${token.kind} answers no questions`);
    return kind;
  }
}
