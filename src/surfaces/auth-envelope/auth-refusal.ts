import type { AuthCode } from './auth-codes.js';

/** Values that a refusal's answer may hold. Never a secret. */
export interface AuthRefusalParams {
  /** What the message is about, e.g. the path of a parameter, `user.domain.id`, or a rule in words. */
  readonly subject?: string;
  /** Seconds after which to ask again, for code 3. */
  readonly retryAfter?: number;
}

/**
 * A refusal in this surface's own words, for codes that the core does not know, e.g. 220 or 236. What the core refuses
 * stays a `DomainError`, which {@link AUTH_OUTCOMES} translates.
 */
export class AuthRefusal extends Error {
  override readonly name = 'AuthRefusal';

  constructor(
    readonly code: AuthCode,
    readonly params: AuthRefusalParams = {},
    /** For the log only. */
    readonly detail?: string,
  ) {
    super([code, params.subject, detail].filter((part) => part !== undefined).join(' '));
  }

  /** Whether `error` is a refusal with one of these codes (any code when none is given). */
  static is(error: unknown, ...codes: AuthCode[]): error is AuthRefusal {
    return error instanceof AuthRefusal && (codes.length === 0 || codes.includes(error.code));
  }
}

/** A required parameter that is absent or empty. */
export function missing(path: string): AuthRefusal {
  return new AuthRefusal(101, { subject: path });
}

/** A parameter of another type, out of its bounds, or said twice in two ways. */
export function invalid(path: string): AuthRefusal {
  return new AuthRefusal(102, { subject: path });
}
