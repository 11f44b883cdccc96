import type { PlainSecret } from '../../../core/crypto/secret-types.js';
import type { Tx } from '../../../core/database/database.js';
import type { ChallengePurpose } from '../../challenges/challenge-purpose.js';
import type { TokenChallenge } from '../../token-challenge.entity.js';
import type { TokenAdvance } from '../../token-kind.js';
import type { Authenticator, TokenKindName } from '../../token-kinds.js';
import type { TokenRules } from '../../token-rules.js';
import type { UsableToken } from '../../usable-token.js';

/** A kind of token that answers questions: RFC 6287, grid cards, grids on screen. A kind keeps no state. */
export interface ResponseKind {
  readonly name: TokenKindName;
  readonly authenticator: Authenticator;
  readonly purpose: ChallengePurpose;
  /** Seconds for which a challenge may be answered (authentication methods, section 4.17). */
  readonly seconds: number;
  /**
   * Draws a question that this token has not been asked before, and remembers that it was.
   *
   * @param tx in which the challenge is put; the token's row is locked
   * @param rules for the token's product, where they are known
   * @returns the challenge as it is shown; undefined when the token is exhausted
   */
  draw(tx: Tx, token: UsableToken, rules?: TokenRules): Promise<string | undefined>;
  /** Judges the response to a challenge. Pure but for opening the seed. @returns undefined when it is wrong */
  judge(
    token: UsableToken,
    challenge: TokenChallenge,
    typed: PlainSecret,
    at: Date,
    rules?: TokenRules,
  ): TokenAdvance | undefined;
  /**
   * What of a right response is remembered, so that the same is refused for a while. Absent where it goes without: no
   * question is put twice, or its answer is known beforehand.
   *
   * @param rules for the token's product
   */
  remembered?(typed: PlainSecret, rules: TokenRules, token: UsableToken): RememberedResponse | undefined;
  /** Characters of a response, where a PIN goes with it as with one-time passwords; absent where none does. */
  responseLength?(token: UsableToken): number;
}

/** A right response as it is remembered with the token. */
export interface RememberedResponse {
  /** However it was typed, the same text for the same response. */
  readonly passcode: PlainSecret;
  /** Responses that are remembered, this one included. */
  readonly kept: number;
}
