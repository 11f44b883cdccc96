import type { FastifyReply } from 'fastify';
import { type AuthCode, factsOf } from './auth-codes.js';
import type { AuthRefusalParams } from './auth-refusal.js';
import type { PlainValue } from './projection.js';

/** An answer of the surface: an envelope whatever the status (authentication methods, section 1.2). */
export interface AuthAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** The envelope as JSON text. */
  readonly body: string;
}

const DONE: AuthAnswer = { status: 200, body: '{"error":0}' };

/** The envelope of a success, with or without a result. */
export function successAnswer(result: PlainValue | undefined): AuthAnswer {
  return result === undefined ? DONE : { status: 200, body: `{"error":0,"result":${JSON.stringify(result)}}` };
}

/**
 * The envelope of a refusal.
 *
 * @param status where it is not the code's own
 */
export function refusalAnswer(
  code: AuthCode,
  { subject, retryAfter }: AuthRefusalParams = {},
  status = factsOf(code).status ?? 200,
): AuthAnswer {
  const { message, severity } = factsOf(code);
  const text = subject === undefined ? message.replace(/:$/, '') : `${message.replace(/:$/, '')}: ${subject}`;
  const headers = {
    ...(status === 401 && { 'www-authenticate': 'Bearer realm="auth"' }),
    ...(status === 405 && { allow: 'POST' }),
    ...(status === 429 && { 'retry-after': wholeSeconds(retryAfter) }),
  };
  return { status, headers, body: JSON.stringify({ error: code, message: text, severity }) };
}

/**
 * Sends an answer as this surface sends all of them, to be kept by nobody. As text, which Node.js writes together with the
 * head in one piece; with the type set, Fastify takes a text for JSON that is written already.
 */
export function sendAnswer(reply: FastifyReply, { status, headers, body }: AuthAnswer): void {
  void reply.status(status);
  if (headers) void reply.headers(headers);
  void reply.headers(EVERY_ANSWER).send(body);
}

const EVERY_ANSWER = {
  'content-type': 'application/json;charset=UTF-8',
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
};

/** RFC 9110 section 10.2.3: never zero, which would invite the next attempt at once. */
function wholeSeconds(seconds = 1): string {
  return String(Math.max(1, Math.ceil(seconds)));
}
