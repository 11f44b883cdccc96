import type { HeldToken } from '../token-store.js';
import type { UsableToken } from '../usable-token.js';

/** A token as its kind judges it, also while it is not proved. */
export function pendingAsUsable({ token, assignment }: HeldToken): UsableToken {
  return {
    tokenId: token.id,
    assignmentId: assignment.id,
    serial: token.serial,
    kind: token.kind,
    product: token.product,
    secretSealed: token.secretSealed,
    secretDigest: token.secretDigest,
    state: token.state,
    counter: token.counter === null ? null : Number(token.counter),
    drift: token.drift,
    candidateCounter: null,
    candidateAt: null,
    passcodeHistory: token.passcodeHistory,
    pinDigest: assignment.pinDigest,
    slot: assignment.slot,
    name: assignment.name,
  };
}
