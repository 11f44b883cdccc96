import type { KeyRing } from '../../../core/crypto/key-ring.js';
import { OATH_DIGITS, type OathDigits } from '../../oath/hotp.js';
import { OATH_HASHES, type OathHash, oathKey } from '../../oath/oath-key.js';
import type { OtpMatch, TokenPosition } from '../../oath/otp-match.js';
import { seedFromText } from '../../oath/seed.js';
import type { PasscodeJudgement } from '../../token-kind.js';
import { TOKEN_SECRET } from '../../token-secrets.js';
import type { UsableToken } from '../../usable-token.js';

/** What an OATH token stores in `Token.state`. */
export interface OathState {
  readonly hash: OathHash;
  readonly digits: OathDigits;
  /** Seconds of a time step; only for TOTP. */
  readonly period?: number;
}

/** Seconds for which a code outside the window waits for its successor (authentication methods, section 6.2). */
const CANDIDATE_SECONDS = 600;

/** @throws Error when the stored state is not one that we wrote */
export function oathState(state: Readonly<Record<string, unknown>>): OathState {
  const { hash: algorithm, digits: length, period } = state;
  const hash = OATH_HASHES.find((name) => name === algorithm);
  const digits = OATH_DIGITS.find((known) => known === length);
  if (!hash || !digits) throw new Error('the stored state of an OATH token lacks its hash or digits');
  return { hash, digits, ...(typeof period === 'number' && { period }) };
}

/** Where a stored token stands, its seed opened. */
export function position(token: UsableToken, keyRing: KeyRing, at: Date): TokenPosition {
  if (!token.secretSealed) throw new Error('an OATH token has no seed');
  const { hash, digits } = oathState(token.state);
  const fresh = token.candidateAt !== null && at.getTime() - token.candidateAt.getTime() <= CANDIDATE_SECONDS * 1_000;
  return {
    key: oathKey(seedFromText(keyRing.open(token.secretSealed, TOKEN_SECRET)), hash),
    digits,
    lastCounter: token.counter,
    candidate: fresh ? token.candidateCounter : null,
  };
}

export function judgement(match: OtpMatch): PasscodeJudgement {
  if (match.outcome === 'accepted') {
    return { kind: 'match', advance: { counter: match.counter, drift: match.driftSteps } };
  }
  return match.outcome === 'out-of-sync' ? { kind: 'out-of-sync', counter: match.counter } : { kind: match.outcome };
}
