import type { KeyedDigest } from '../../core/crypto/secret-types.js';
import type { TokenAdvance } from '../token-kind.js';
import type { CountedFor, TokenKindName } from '../token-kinds.js';
import type { UsableToken } from '../usable-token.js';

/** What is counted, and how far. */
export interface CountedAuthenticator {
  readonly accountId: string;
  readonly authenticator: CountedFor;
  readonly now: Date;
  /** Attempts that are examined in a row. */
  readonly limit: number;
  /** A lock that began before this moment is over; undefined = a lock has no end. */
  readonly unlockedBefore: Date | undefined;
  /** Whether attempts have to wait longer after each failure; see `delaySeconds`. */
  readonly growingDelay?: boolean;
}

/** An attempt about to be made at tokens. */
export interface AttemptStart extends CountedAuthenticator {
  readonly kinds: readonly TokenKindName[];
  /** Whether {@link CountedAttempt.pin} is needed; so it is when absent. */
  readonly pinWanted?: boolean;
  /** The one token that is meant; all that are usable when absent. */
  readonly tokenId: string | undefined;
  /** The serial number that it must have; any when absent. */
  readonly serial?: string | undefined;
}

export interface CountedAttempt {
  /** Most wanted first; empty when nothing is usable, and then nothing was counted. */
  readonly tokens: readonly UsableToken[];
  /** The authenticator is locked: the attempt was not counted and must not be examined. */
  readonly locked: boolean;
  /** The person's PIN code, where there is one and it was wanted. */
  readonly pin: { readonly tokenId: string; readonly digest: KeyedDigest } | undefined;
  /** Seconds until there may be another attempt: this one was not counted and must not be examined. */
  readonly retryAfter: number | undefined;
}

/** What is written down when an attempt was right. */
export interface AttemptSuccess {
  readonly start: AttemptStart;
  readonly token: UsableToken;
  readonly advance: TokenAdvance;
  /** Digests of which one must be found unused among the token's codes. */
  readonly lookUp: readonly KeyedDigest[] | undefined;
  /** Digest of the passcode for the history; undefined where the kind has none. */
  readonly passcode: KeyedDigest | undefined;
  /** Entries of the history that are kept. */
  readonly history: number;
  /** The challenge that was answered; it must be open still, and is used up. */
  readonly challengeId: string | undefined;
  /** Values of the audit row, see `Audit.values`. */
  readonly audit: readonly unknown[];
}
