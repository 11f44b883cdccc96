import type { HeldToken } from '../token-store.js';
import type { UsableToken } from '../usable-token.js';

/** A token to be judged before anybody can use it; it may be in nobody's hands. */
export type JudgedToken = Pick<HeldToken, 'token'> & Partial<Pick<HeldToken, 'assignment'>>;

/** A token as its kind judges it, also while it is not proved. */
export function pendingAsUsable({ token, assignment }: JudgedToken): UsableToken {
  return {
    tokenId: token.id,
    assignmentId: assignment?.id ?? '',
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
    pinDigest: assignment?.pinDigest ?? null,
    slot: assignment?.slot ?? null,
    name: assignment?.name ?? null,
  };
}
