import type { KeyedDigest, Sealed } from '../../core/crypto/secret-types.js';
import type { TokenKindName } from '../token-kinds.js';
import type { UsableToken } from '../usable-token.js';

/** A usable token as its columns are read; see `USABLE_COLUMNS`. */
export interface UsableRow {
  readonly token_id: string;
  readonly assignment_id: string;
  readonly serial: string;
  readonly kind: TokenKindName;
  readonly product: string;
  readonly secret_sealed: Sealed | null;
  readonly secret_digest: KeyedDigest | null;
  readonly state: Record<string, unknown>;
  readonly counter: string | null;
  readonly drift: number;
  readonly candidate_counter: string | null;
  readonly candidate_at: Date | null;
  /** Separated by commas, which no digest holds: an array costs the driver more than all the other columns. */
  readonly passcode_history: string;
  readonly assignment_pin_digest: KeyedDigest | null;
  readonly slot: string | null;
  readonly name: string | null;
}

export function usableToken(row: UsableRow): UsableToken {
  return {
    tokenId: row.token_id,
    assignmentId: row.assignment_id,
    serial: row.serial,
    kind: row.kind,
    product: row.product,
    secretSealed: row.secret_sealed,
    secretDigest: row.secret_digest,
    state: row.state,
    counter: row.counter === null ? null : Number(row.counter),
    drift: row.drift,
    candidateCounter: row.candidate_counter === null ? null : Number(row.candidate_counter),
    candidateAt: row.candidate_at,
    passcodeHistory: row.passcode_history === '' ? [] : (row.passcode_history.split(',') as KeyedDigest[]),
    pinDigest: row.assignment_pin_digest,
    slot: row.slot,
    name: row.name,
  };
}
