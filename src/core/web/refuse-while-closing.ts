import type { FastifyInstance } from 'fastify';

/** The body of an answer, as JSON text. */
export type ClosingBody = (url: string) => string;

/**
 * Answers 503 to what still comes over open connections while the server shuts down, so that a load balancer sends it
 * elsewhere. In place of Fastify's own answer, which cannot speak a surface's language; needs `return503OnClosing: false`.
 */
export function refuseWhileClosing(instance: FastifyInstance, body: ClosingBody): void {
  let closing = false;
  instance.addHook('preClose', (done) => {
    closing = true;
    done();
  });
  instance.addHook('onRequest', (request, reply, done) => {
    if (!closing) return done();
    void reply
      .code(503)
      .headers({ connection: 'close', 'cache-control': 'no-store', 'content-type': 'application/json;charset=UTF-8' })
      .send(Buffer.from(body(request.url)));
  });
}
