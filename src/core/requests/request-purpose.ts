/** What every request of one kind has in common. Declared once by the feature that owns it. */
export interface RequestPurpose {
  /** Stored in the row, e.g. `password-reset`. Part of the digest of every secret (attack class 9). */
  readonly name: string;
  /** Attempts at a secret of one request before it is locked. */
  readonly attemptLimit: number;
  /** Whether a new request ends older unfinished ones of the same person: "the newest wins" (attack class 12). */
  readonly supersedes: boolean;
}
