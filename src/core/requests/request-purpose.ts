import type { SecretShape } from './secret-shapes.js';

/** What every request of one kind has in common. Declared once by the feature that owns it. */
export interface RequestPurpose {
  /** Stored in the row, e.g. `password-reset`. Part of the digest of every secret (attack class 9). */
  readonly name: string;
  /** Attempts at a secret of one request before it is locked. */
  readonly attemptLimit: number;
  /**
   * Which older unfinished requests a new one ends, "the newest wins" (attack class 12): those of the same account;
   * where no account exists yet, those of the same login and the same `payload.email` in the domain (iam-rest section
   * 6); or none.
   */
  readonly supersedes: 'account' | 'login' | false;
  /** Shape of its links and receipts; `base64url` unless it says otherwise. */
  readonly secretShape?: SecretShape;
  /**
   * Whether whoever shows the right code of a request that is over, and was not used, is told how it ended (user-requests
   * section 4: `EXPIRED` and `CANCELLED` "only when the code was right"). The digests of its codes are kept with the
   * record then; they open nothing any more.
   */
  readonly tellsEnd?: boolean;
  /**
   * Whether its requests go on when the person's password or address changes. For links that only take something away:
   * whoever got hold of an account must not be able to kill its owner's links by changing these.
   */
  readonly outlivesCredentials?: boolean;
}
