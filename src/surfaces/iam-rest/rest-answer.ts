import type { FastifyReply } from 'fastify';
import type { RestErrorDetails } from './rest-refusal.js';

/** A JSON value that a handler answers. */
export type RestValue =
  string | number | boolean | null | undefined | readonly RestValue[] | { readonly [name: string]: RestValue };

/** What the request endpoints answer when all went well (iam-rest section 1, *Error body*). */
export interface RestDone {
  readonly error_code: 0;
  readonly result: true;
  readonly result_msg: string;
}

export function done(text: string): RestDone {
  return { error_code: 0, result: true, result_msg: text };
}

/** The body of every refusal. */
export interface RestErrorBody {
  readonly error_code: number;
  readonly error_message: string;
  readonly error_details?: RestErrorDetails | undefined;
}

const CONTENT_TYPE = 'application/json; charset=utf-8';

/** Sends an answer as this surface sends all of them: JSON, and kept by nobody (iam-rest section 9). */
export function sendRest(
  reply: FastifyReply,
  body: object,
  status = 200,
  headers: Readonly<Record<string, string>> = {},
): void {
  void reply
    .status(status)
    .headers({
      ...headers,
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'content-type': CONTENT_TYPE,
    })
    .send(Buffer.from(JSON.stringify(body)));
}
