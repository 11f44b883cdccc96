/** Statuses of refusals below `/api` and `/oauth` (user-requests section 7). 503 with `Retry-After` stands for limits. */
export type ApiStatus = 400 | 401 | 403 | 404 | 405 | 413 | 500 | 503;

/** A refusal that is answered as JSON `{"error": text}`. The text leaves; never put a secret there. */
export class ApiRefusal extends Error {
  override readonly name = 'ApiRefusal';

  constructor(
    readonly status: ApiStatus,
    message: string,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
  }

  /** A parameter that is missing, repeated or malformed: 400 `<parameter>: <what is wrong>`. */
  static parameter(name: string, what: string): ApiRefusal {
    return new ApiRefusal(400, `${name}: ${what}`);
  }

  /** The caller's role, or its domain, does not allow the call: 403. */
  static notPermitted(): ApiRefusal {
    return new ApiRefusal(403, 'not permitted');
  }

  /** Nobody has it, or it is out of the caller's reach: 404. */
  static notFound(what: string): ApiRefusal {
    return new ApiRefusal(404, `${what} not found`);
  }

  /** @param retryAfter seconds; never told as zero, which would invite the next attempt at once (RFC 9110, 10.2.3) */
  static limited(retryAfter: number): ApiRefusal {
    return new ApiRefusal(503, 'too many requests', { 'retry-after': String(Math.max(1, Math.ceil(retryAfter))) });
  }

  /** @param allow the verbs that the path has */
  static verb(allow: readonly string[]): ApiRefusal {
    return new ApiRefusal(405, 'verb not supported', { allow: allow.join(', ') });
  }
}
