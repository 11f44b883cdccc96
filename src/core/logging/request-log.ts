import { AsyncLocalStorage } from 'node:async_hooks';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { PinoLogger } from 'nestjs-pino';
import { loggablePath } from './loggable-path.js';

/** The request that is being answered, for what is logged meanwhile. */
const answering = new AsyncLocalStorage<FastifyRequest>();

/** Names the request that a line belongs to; nothing outside of requests. Asked for lines that are written only. */
export function requestOfLine(): Record<string, unknown> {
  const request = answering.getStore();
  return request ? { req: describeRequest(request) } : {};
}

/**
 * Logs each HTTP request once it is answered or its client has gone: method, path without its secrets, status and
 * milliseconds. Probes are logged by nobody.
 *
 * Not the middleware of `pino-http`, which makes a child logger for each request and writes the request out for it,
 * redaction included, whether or not anything is logged: with Nest's way to it that was a tenth of the processor time of a
 * verification. Here nothing is made before a line is written. To be called before any other hook is added.
 */
export function logRequests(instance: FastifyInstance, logger: PinoLogger['logger']): void {
  instance.addHook('onRequest', (request, reply, done) => {
    const begun = performance.now();
    // After `finish` as well, and also for a reply that a route has taken into its own hands.
    if (!isProbe(request.url)) reply.raw.once('close', () => logAnswer(logger, request, reply, begun));
    answering.run(request, done);
  });
}

function logAnswer(logger: PinoLogger['logger'], request: FastifyRequest, { raw }: FastifyReply, begun: number): void {
  const { statusCode, writableFinished } = raw;
  const level = statusCode >= 500 ? 'error' : statusCode >= 400 ? 'warn' : 'info';
  if (!logger.isLevelEnabled(level)) return;
  const line = {
    req: describeRequest(request),
    res: { status: statusCode },
    responseTime: Math.round(performance.now() - begun),
  };
  logger[level](line, writableFinished ? 'request completed' : 'request aborted');
}

function describeRequest({ id, method, url }: FastifyRequest): { id: string; method: string; path: string } {
  return { id, method, path: loggablePath(url) };
}

function isProbe(url: string): boolean {
  return url === '/healthz' || url === '/readyz' || url === '/metrics';
}
