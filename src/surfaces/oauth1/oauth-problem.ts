/** The words of `oauth_problem` and the HTTP status of each (user-requests section 7). */
export const OAUTH_PROBLEMS = {
  // Listed by the contract
  missing_consumer: 400,
  invalid_consumer: 400,
  signature_invalid: 403,
  missing_token: 401,
  invalid_token: 401,
  unauthorized_token: 401,
  token_expired: 401,
  timestamp_refused: 400,
  nonce_used: 403,
  x_auth_disabled: 403,
  domain_restricted: 403,
  domain_expired: 403,
  piccolo_not_enabled: 403,
  missing_username: 400,
  missing_password: 400,
  permission_denied: 401,
  user_not_active: 403,
  account_locked: 401,

  // OAuth Problem Reporting, where the contract has no word
  parameter_absent: 400,
  parameter_rejected: 400,
  signature_method_rejected: 400,
  version_rejected: 400,
  verifier_invalid: 401,
} as const satisfies Record<string, number>;

export type OAuthProblemWord = keyof typeof OAUTH_PROBLEMS;

/**
 * What is wrong with a call's OAuth parameters, answered form-encoded as `oauth_problem=<word>` with `extra` behind it
 * (user-requests section 7; OAuth Problem Reporting). All of it leaves; never put a secret there.
 */
export class OAuthProblem extends Error {
  override readonly name = 'OAuthProblem';
  readonly status: number;

  constructor(
    readonly problem: OAuthProblemWord,
    /** Further parameters, e.g. `oauth_acceptable_timestamps`. */
    readonly extra: Readonly<Record<string, string>> = {},
  ) {
    super(problem);
    this.status = OAUTH_PROBLEMS[problem];
  }

  /** A parameter that is needed and not there: 400. */
  static absent(...names: readonly [string, ...string[]]): OAuthProblem {
    return new OAuthProblem('parameter_absent', { oauth_parameters_absent: names.join('&') });
  }

  /** A parameter that occurs twice or is malformed: 400. */
  static rejected(...names: readonly [string, ...string[]]): OAuthProblem {
    return new OAuthProblem('parameter_rejected', { oauth_parameters_rejected: names.join('&') });
  }
}
