import { DomainError, type DomainErrorCode } from '../../core/errors/domain-error.js';
import { BodyError } from '../../core/web/request-body.js';

/** An answer that is refused with an HTTP status of its own, its JSON-RPC error being -32600. */
export class HttpRefusal extends Error {
  override readonly name = 'HttpRefusal';

  constructor(
    readonly status: number,
    readonly data: string,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(`${status} ${data}`);
  }
}

/** Requests that the gate turns away with a status of their own (manager-json-rpc sections 2 and 13). */
const REFUSALS: Partial<Record<DomainErrorCode, (error: DomainError) => HttpRefusal>> = {
  'credentials-missing': () =>
    new HttpRefusal(401, 'Authentication required', { 'www-authenticate': 'Basic realm="Manager"' }),
  'client-address-not-allowed': () => new HttpRefusal(403, 'Client address not allowed'),
  'client-address-unreadable': () => new HttpRefusal(403, 'Client address not allowed'),
  'form-not-valid': () => new HttpRefusal(403, 'Call from another site'),
  'too-many-attempts': ({ params }) =>
    new HttpRefusal(429, 'Too many failed logins', { 'retry-after': wholeSeconds(params.retryAfter) }),
};

/** The HTTP refusal that a failure on the way to the first call stands for, if it is one. */
export function httpRefusalFor(error: unknown): HttpRefusal | undefined {
  if (error instanceof HttpRefusal) return error;
  if (error instanceof BodyError) {
    return error.reason === 'too-large'
      ? new HttpRefusal(413, 'Request body over 1 MiB', { connection: 'close' })
      : new HttpRefusal(400, 'Request body incomplete');
  }
  return error instanceof DomainError ? REFUSALS[error.code]?.(error) : undefined;
}

/** RFC 9110 section 10.2.3: never zero, which would invite the next attempt at once. */
function wholeSeconds(seconds: string | number | undefined): string {
  return String(Math.max(1, Math.ceil(Number(seconds ?? 1))));
}
