import type { FastifyInstance, FastifyRequest } from 'fastify';

/** Reads the body of a request for its route. What it gives is what Nest's `@Body()` finds. */
export type BodyReader = (request: FastifyRequest) => Promise<unknown>;

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Named with Nest's `@RouteConfig({ readBody: … })`; without one the body stays unread in `request.raw`. */
    readBody?: BodyReader;
  }
}

/** A media type, up to its parameters (RFC 9110 section 8.3.1). */
const MEDIA_TYPE = /^\s*[\w!#$%&'*+.^`|~-]+\/[\w!#$%&'*+.^`|~-]+\s*(;|$)/;
const UNKNOWN_TYPE = 'application/octet-stream';

/**
 * Gives every route its own say about its body. The surfaces disagree on it: one takes JSON whatever the header says
 * and only after the caller is known, another takes forms. So Fastify's parsers go, the content type decides nothing
 * by itself, and a route names its reader.
 *
 * Use with `bodyParser: false`, before the application is initialised.
 */
export function leaveBodiesToRoutes(instance: FastifyInstance): void {
  instance.removeAllContentTypeParsers();
  instance.addContentTypeParser('*', (request: FastifyRequest) => {
    const { readBody } = request.routeOptions.config;
    return readBody ? readBody(request) : Promise.resolve(undefined);
  });
  instance.addHook('onRequest', (request, _reply, done) => {
    // Fastify would refuse a malformed type, or with QUERY a missing one, before any parser or handler is asked.
    const { headers } = request.raw;
    const type = headers['content-type'];
    const missing = type === undefined && request.method === 'QUERY';
    if (missing || (type !== undefined && !MEDIA_TYPE.test(type))) headers['content-type'] = UNKNOWN_TYPE;
    done();
  });
}
