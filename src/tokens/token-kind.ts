import type { KeyedDigest, PlainSecret } from '../core/crypto/secret-types.js';
import type { Authenticator, TokenKindName } from './token-kinds.js';
import type { TokenRules } from './token-rules.js';
import type { UsableToken } from './usable-token.js';

/** What of a token has to change for a passcode to be accepted; written only where nobody else was first. */
export interface TokenAdvance {
  /** The moving factor that was used, for `counter`; from then on smaller or equal ones are refused. */
  readonly counter?: number;
  /** Drift in whole steps; see `Token.drift`. */
  readonly drift?: number;
}

/**
 * What a kind says of a passcode.
 *
 * - `match`: right, if `advance` can be written;
 * - `look-up`: right, if one of these digests is found unused among the token's codes, and `advance` can be written;
 * - `out-of-sync`: right for `counter`, outside the accepted window; the next one in sequence will do (section 6.2);
 * - `replayed`: was right once;
 * - `wrong`: none of these, or not even a passcode by its form.
 */
export type PasscodeJudgement =
  | { readonly kind: 'match'; readonly advance: TokenAdvance }
  | { readonly kind: 'look-up'; readonly digests: readonly KeyedDigest[]; readonly advance?: TokenAdvance }
  | { readonly kind: 'out-of-sync'; readonly counter: number }
  | { readonly kind: 'replayed' }
  | { readonly kind: 'wrong' };

/** A kind of token whose passcodes are typed. One file or folder below `kinds` each; a kind keeps no state. */
export interface PasscodeKind {
  readonly name: TokenKindName;
  readonly authenticator: Authenticator;
  /** Characters of a passcode of this token, so that a PIN in front of it can be told apart. */
  passcodeLength(token: UsableToken): number;
  /**
   * Judges what was typed. Pure but for opening the seed: nothing is read or written, so that one statement before and
   * one after it are all that a verification costs (invariant 12).
   *
   * @param typed as it came, not yet looked at, without a PIN
   * @param asked what a challenge has asked for, e.g. the number of an entry; undefined without one
   */
  judge(token: UsableToken, typed: PlainSecret, at: Date, rules: TokenRules, asked?: string): PasscodeJudgement;
}
