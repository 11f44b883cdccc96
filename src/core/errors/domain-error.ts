/**
 * The one list of refusals that the core speaks. Surfaces translate each into their own wire shape with an exhaustive
 * record, so a code added here does not compile until every surface says what it means there.
 *
 * The category groups codes for logs and metrics; it is not a wire status.
 */
export const DOMAIN_ERRORS = {
  // Who and where
  'domain-missing': 'invalid',
  'domain-not-found': 'not-found',
  'account-not-found': 'not-found',
  'account-ambiguous': 'not-found',
  'dn-not-valid': 'invalid',
  'account-not-activated': 'refused',
  'account-disabled': 'refused',
  'account-locked': 'refused',
  'account-expired': 'refused',
  'login-taken': 'refused',
  'group-not-found': 'not-found',

  // The caller
  'credentials-missing': 'credentials',
  'credentials-invalid': 'credentials',
  'password-expired': 'credentials',
  'password-must-change': 'credentials',
  'access-denied': 'forbidden',
  'client-address-not-allowed': 'forbidden',
  'client-address-unreadable': 'invalid',
  'too-many-attempts': 'throttled',
  'send-limit-reached': 'throttled',

  // What was asked
  'value-out-of-range': 'invalid',
  'unknown-word': 'invalid',
  'attribute-not-valid': 'invalid',
  'filter-not-valid': 'invalid',
  'no-address': 'refused',
  'delivery-failed': 'refused',
  'second-factor-unavailable': 'refused',
  'feature-locked': 'refused',
  'nothing-to-change': 'refused',

  // A new password
  'password-mismatch': 'invalid',
  'password-too-short': 'refused',
  'password-too-long': 'refused',
  'password-too-simple': 'refused',
  'password-too-common': 'refused',
  'password-contains-name': 'refused',
  'password-in-history': 'refused',
  'password-too-young': 'refused',
  'password-refused': 'refused',
  'password-change-forbidden': 'refused',

  // One-time requests and their pages
  'request-not-valid': 'not-found',
  'page-session-ended': 'not-found',
  'form-not-valid': 'invalid',
  'change-in-progress': 'refused',
  'change-not-completed': 'unavailable',

  // Authenticators
  'passcode-wrong': 'credentials',
  'passcode-replayed': 'credentials',
  'passcode-expired': 'credentials',
  'token-out-of-sync': 'credentials',
  'authenticator-locked': 'throttled',
  'no-usable-token': 'refused',
  'token-not-found': 'not-found',
  'token-disabled': 'refused',
  'token-not-activated': 'refused',
  'token-outside-validity': 'refused',
  'token-spent': 'refused',
  'serial-taken': 'refused',
  'seed-not-valid': 'invalid',
  'key-not-valid': 'invalid',
  'certificate-request-not-valid': 'invalid',
  'slot-taken': 'refused',
  'proof-not-valid': 'credentials',
  'challenge-not-valid': 'not-found',
  'passcode-sent-recently': 'throttled',
  'channel-not-allowed': 'refused',

  // The house itself
  'template-not-valid': 'invalid',
  'setting-not-valid': 'invalid',
  'directory-unavailable': 'unavailable',
  'directory-misconfigured': 'unavailable',
  'directory-rights-missing': 'unavailable',
  'directory-unsupported': 'refused',
  'database-unavailable': 'unavailable',
  overloaded: 'unavailable',
  internal: 'internal',
} as const satisfies Record<string, DomainErrorCategory>;

export type DomainErrorCategory =
  'not-found' | 'invalid' | 'refused' | 'credentials' | 'forbidden' | 'throttled' | 'unavailable' | 'internal';

export type DomainErrorCode = keyof typeof DOMAIN_ERRORS;

/** Values a surface may put into its text, e.g. the name of a domain or a number of characters. Never a secret. */
export type DomainErrorParams = Readonly<Record<string, string | number>>;

/**
 * A refusal with a stable code.
 *
 * `params` may reach the client through a surface's text; `detail` and `cause` are for the log only.
 */
export class DomainError extends Error {
  override readonly name = 'DomainError';
  readonly params: DomainErrorParams;
  readonly detail: string | undefined;

  constructor(
    readonly code: DomainErrorCode,
    options: { params?: DomainErrorParams; detail?: string; cause?: unknown } = {},
  ) {
    super(options.detail ? `${code}: ${options.detail}` : code, { cause: options.cause });
    this.params = options.params ?? {};
    this.detail = options.detail;
  }

  get category(): DomainErrorCategory {
    return DOMAIN_ERRORS[this.code];
  }

  /** Whether `error` is a refusal with one of these codes (any code when none is given). */
  static is(error: unknown, ...codes: DomainErrorCode[]): error is DomainError {
    return error instanceof DomainError && (codes.length === 0 || codes.includes(error.code));
  }
}
