import type { ConfigurationSnapshot } from '../core/domains/configuration-snapshot.js';
import type { SyncWindows } from './oath/sync-windows.js';
import {
  autoLookAhead,
  autoSyncWindow,
  checkLookAhead,
  checkSyncWindow,
  lockMinutes,
  manualLookAhead,
  manualSyncWindow,
  maxFailures,
  passcodeHistory,
  requirePinPrefix,
} from './token-settings.js';

/** The rules for the tokens of one domain's people, as they are in force now. */
export interface TokenRules {
  /** Attempts that are examined in a row. */
  readonly maxFailures: number;
  /** Seconds; undefined = until an administrator unlocks. */
  readonly lockSeconds: number | undefined;
  /** To both sides, for tokens with a clock. */
  readonly time: SyncWindows;
  /** Forward only, for tokens with a counter. */
  readonly event: SyncWindows;
  /** Accepted passcodes that are remembered and refused. */
  readonly passcodeHistory: number;
  readonly pinPrefix: boolean;
}

export function tokenRules(snapshot: ConfigurationSnapshot, domainId: string): TokenRules {
  const minutes = snapshot.setting(lockMinutes, domainId);
  return {
    maxFailures: snapshot.setting(maxFailures, domainId),
    lockSeconds: minutes === 0 ? undefined : minutes * 60,
    time: {
      auto: snapshot.setting(autoSyncWindow, domainId),
      check: snapshot.setting(checkSyncWindow, domainId),
      manual: snapshot.setting(manualSyncWindow, domainId),
    },
    event: {
      auto: snapshot.setting(autoLookAhead, domainId),
      check: snapshot.setting(checkLookAhead, domainId),
      manual: snapshot.setting(manualLookAhead, domainId),
    },
    passcodeHistory: snapshot.setting(passcodeHistory, domainId),
    pinPrefix: snapshot.setting(requirePinPrefix, domainId),
  };
}
