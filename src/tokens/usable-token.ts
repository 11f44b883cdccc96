import type { KeyedDigest, Sealed } from '../core/crypto/secret-types.js';
import type { TokenKindName } from './token-kinds.js';

/** A token with the assignment through which it may be used now, as one statement reads them: no entity (invariant 12). */
export interface UsableToken {
  readonly tokenId: string;
  readonly assignmentId: string;
  readonly serial: string;
  readonly kind: TokenKindName;
  readonly product: string;
  readonly secretSealed: Sealed | null;
  readonly secretDigest: KeyedDigest | null;
  readonly state: Readonly<Record<string, unknown>>;
  /** Last accepted moving factor. */
  readonly counter: number | null;
  /** Whole steps. */
  readonly drift: number;
  readonly candidateCounter: number | null;
  readonly candidateAt: Date | null;
  readonly passcodeHistory: readonly KeyedDigest[];
  readonly pinDigest: KeyedDigest | null;
  readonly slot: string | null;
  readonly name: string | null;
}
