/** `error_code` of a refusal (iam-rest section 1). */
export type RestErrorCode = 1400 | 1401 | 1403 | 1404 | 1405 | 1415 | 1429 | 1500 | 1501 | 1503;

/** What a client may branch on besides the code. */
export interface RestErrorDetails {
  /** The field of the body, or the parameter of the query, that is wrong. */
  readonly field?: string;
  /** Seconds. */
  readonly retry_after?: number;
}

/** The HTTP status of each code; a body that is too long is 413 beside. */
const STATUS: Readonly<Record<RestErrorCode, number>> = {
  1400: 400,
  1401: 401,
  1403: 403,
  1404: 404,
  1405: 405,
  1415: 415,
  1429: 429,
  1500: 500,
  1501: 412,
  1503: 503,
};

/** A refusal in the words of this surface. Its texts leave; never put a secret there. */
export class RestRefusal extends Error {
  override readonly name = 'RestRefusal';
  readonly status: number;

  constructor(
    readonly code: RestErrorCode,
    message: string,
    readonly details?: RestErrorDetails,
    readonly headers: Readonly<Record<string, string>> = {},
    status?: number,
  ) {
    super(message);
    this.status = status ?? STATUS[code];
  }

  /** A field that is missing, malformed, forbidden or already taken: 412/1501. */
  static field(field: string, message: string): RestRefusal {
    return new RestRefusal(1501, message, { field });
  }

  /** 404/1404. */
  static notFound(what: string): RestRefusal {
    return new RestRefusal(1404, `${what} not found`);
  }

  /** 401/1401. */
  static unauthorized(message: string): RestRefusal {
    return new RestRefusal(1401, message);
  }

  /** 403/1403. */
  static forbidden(message: string): RestRefusal {
    return new RestRefusal(1403, message);
  }

  /** An address that has failed too often: 403/1403 with `Retry-After` (iam-rest section 2). */
  static banned(retryAfter: number): RestRefusal {
    const seconds = wholeSeconds(retryAfter);
    const headers = { 'retry-after': String(seconds) };
    return new RestRefusal(1403, 'address is banned for a while', { retry_after: seconds }, headers);
  }

  /** 429/1429 with `Retry-After` (iam-rest section 3.1). */
  static tooFrequent(retryAfter: number): RestRefusal {
    const seconds = wholeSeconds(retryAfter);
    const headers = { 'retry-after': String(seconds) };
    return new RestRefusal(1429, 'too frequent', { retry_after: seconds }, headers);
  }

  /** 405/1405. @param allow the verbs that the path has */
  static verb(allow: readonly string[]): RestRefusal {
    return new RestRefusal(1405, 'verb not supported', undefined, { allow: allow.join(', ') });
  }
}

/** RFC 9110 section 10.2.3: never zero, which would invite the next attempt at once. */
export function wholeSeconds(seconds: string | number | undefined): number {
  return Math.max(1, Math.ceil(Number(seconds ?? 1)));
}
