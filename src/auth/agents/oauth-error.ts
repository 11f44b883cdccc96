/** Error codes of the token endpoint (RFC 6749, section 5.2); `temporarily_unavailable` is of section 4.1.2.1. */
export type OAuthErrorCode =
  'invalid_request' | 'invalid_client' | 'unsupported_grant_type' | 'temporarily_unavailable' | 'server_error';

/** A refusal of the token endpoint. Its description may be answered. */
export class OAuthError extends Error {
  override readonly name = 'OAuthError';

  constructor(
    readonly code: OAuthErrorCode,
    readonly description: string,
    readonly status = 400,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(`${code}: ${description}`);
  }
}

/** The same for every client that cannot be let in, whatever the reason. */
export function invalidClient(): OAuthError {
  return new OAuthError('invalid_client', 'Client authentication failed', 401, {
    'www-authenticate': 'Basic realm="auth"',
  });
}
