import type { FastifyReply } from 'fastify';

/** Sends an answer of the token endpoint, to be kept by nobody (RFC 6749, section 5.1). */
export function sendTokenAnswer(reply: FastifyReply, status: number, answer: Readonly<Record<string, unknown>>): void {
  void reply
    .status(status)
    .headers({
      'content-type': 'application/json;charset=UTF-8',
      'cache-control': 'no-store',
      pragma: 'no-cache',
      'x-content-type-options': 'nosniff',
    })
    .send(Buffer.from(JSON.stringify(answer)));
}
