import type { TokenRules } from '../token-rules.js';
import type { AttemptContext } from '../verification/attempts.js';
import type { PushOutcome } from './push-request-states.js';

/** `PIN`: the person's PIN code, which the server checks with the answer. */
export type LocalAuth = 'NONE' | 'PIN';

/** What is asked of a person, and for whom. */
export interface PushOrder {
  /** Where somebody signs in, as the person knows it. */
  readonly applicationName: string;
  /** Address of whoever signs in, as the application saw it. */
  readonly remoteIp: string | undefined;
  /** The one device that may answer; any of the person's when absent. */
  readonly tokenId?: string | undefined;
  /** How long the person may take; the setting `push_request_seconds` when absent. */
  readonly timeoutSeconds?: number | undefined;
  /** Names the caller's logon session, for {@link PushRequests.withdraw}. */
  readonly session?: string | undefined;
  /** Two digits from `PushNumbers`, which whoever signs in is shown. */
  readonly number?: string | undefined;
  /** What the device asks the person for before an approval; nothing when absent. */
  readonly localAuth?: LocalAuth | undefined;
  /** From a policy; the settings of the person's domain when absent. */
  readonly rules?: TokenRules | undefined;
  /** For the audit. */
  readonly context?: AttemptContext | undefined;
  /** Ends the waiting, and the request with it, e.g. because the caller hung up. */
  readonly signal?: AbortSignal | undefined;
}

/** What came of a request. */
export interface PushResult {
  readonly outcome: PushOutcome;
  /** The device that answered. */
  readonly token?: { readonly id: string; readonly serial: string } | undefined;
}
