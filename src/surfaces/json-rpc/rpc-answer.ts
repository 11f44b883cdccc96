import type { FastifyReply } from 'fastify';
import { NULL_ID, type RpcId } from './rpc-envelope.js';
import type { RpcErrorObject } from './rpc-error.js';
import type { RpcResult } from './rpc-result.js';

/** A response object (JSON-RPC 2.0 section 5), or an array of them, as JSON text. */
export type RpcAnswerText = string;

export function resultAnswer(id: RpcId, result: RpcResult): RpcAnswerText {
  return `{"jsonrpc":"2.0","result":${JSON.stringify(result)},"id":${id}}`;
}

export function errorAnswer(id: RpcId, error: RpcErrorObject): RpcAnswerText {
  return `{"jsonrpc":"2.0","error":${JSON.stringify(error)},"id":${id}}`;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Undefined where there is nothing to answer: notifications only. */
  readonly body: RpcAnswerText | undefined;
}

export function errorHttpAnswer(
  status: number,
  error: RpcErrorObject,
  headers: Readonly<Record<string, string>> = {},
): HttpAnswer {
  return { status, headers, body: errorAnswer(NULL_ID, error) };
}

/** Sends an answer as this surface sends all of them: JSON whatever it says, and kept by nobody. */
export function sendAnswer(reply: FastifyReply, { status, headers, body }: HttpAnswer): void {
  void reply.status(status).headers({ ...headers, 'cache-control': 'no-store' });
  // Sent as bytes, because Fastify adds a charset to JSON text, which application/json does not have (RFC 8259, 11).
  if (body === undefined) void reply.send();
  else void reply.header('content-type', 'application/json').send(Buffer.from(body));
}
