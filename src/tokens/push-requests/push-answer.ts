import type { PlainSecret } from '../../core/crypto/secret-types.js';
import type { TokenRules } from '../token-rules.js';
import type { AttemptContext, AttemptVerdict } from '../verification/attempts.js';

/** A device's answer to a request; nothing of it is trusted yet. */
export interface PushAnswer {
  readonly accountId: string;
  /** The device that answers. */
  readonly tokenId: string;
  readonly requestId: string;
  readonly decision: unknown;
  /** What the person entered, where a number is to be matched. */
  readonly number: unknown;
  /** What the person entered, where a PIN code is asked for. */
  readonly pin?: PlainSecret | undefined;
  /** ES256 over `answerText`, base64url. */
  readonly signature: unknown;
  readonly rules: TokenRules;
  readonly context: AttemptContext;
}

export type PushVerdict =
  | AttemptVerdict<'proof-not-valid' | 'challenge-not-valid' | 'authenticator-locked' | 'no-usable-token'>
  /** Signed by their device: the person said no, or approved with another number. The request is over. */
  | { readonly ok: false; readonly code: 'denied' | 'mismatched' }
  /** Signed by their device, and not with the person's PIN code. The request is open still. */
  | { readonly ok: false; readonly code: 'pin-wrong' };

/** The request that an answer is to. */
export function askedBy({ requestId, accountId, tokenId }: PushAnswer) {
  return { id: requestId, accountId, tokenId };
}
