/** Names the order that {@link RecoveryOrder} is. */
export const RECOVERY_ORDER = 'account-recovery';

/** What somebody asked for who forgot a password. */
export type RecoveryOrder = {
  /** A login, or a mail address. */
  readonly key: string;
  readonly domain: string | null;
  readonly address: string;
  readonly correlationId: string;
};
