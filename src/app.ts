import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { STATUS_CODES } from 'node:http';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { serveApiDescription } from './api-description.js';
import { AppModule } from './app.module.js';
import type { Environment, TlsFiles } from './core/config/environment.js';
import { ApplicationLogger } from './core/logging/application-logger.js';
import { logRequests } from './core/logging/request-log.js';
import { answerToLoopbackOnly } from './core/web/loopback-host.js';
import { refuseWhileClosing } from './core/web/refuse-while-closing.js';
import { leaveBodiesToRoutes } from './core/web/route-bodies.js';
import { outsideEnvelope } from './surfaces/auth-envelope/outside-envelope.js';
import { outsideApi } from './surfaces/oauth1/outside-api.js';

/** Milliseconds in which a client must have sent its request, head and body. */
const REQUEST_TIMEOUT_MS = 30_000;
/** The longest path parameter: a login of a few hundred characters, percent-encoded. */
const LONGEST_PARAMETER = 4_096;

/** The whole server, not listening yet. */
export async function createApplication(environment: Environment): Promise<NestFastifyApplication> {
  const adapter = createAdapter(environment);
  const application = await NestFactory.create<NestFastifyApplication>(AppModule.forRoot(environment), adapter, {
    ...APPLICATION_OPTIONS,
    bufferLogs: true,
  });
  application.useLogger(application.get(ApplicationLogger));
  // With passwords that everybody can read in the documentation, the demo must not be there for every page of the web.
  if (environment.embedded) answerToLoopbackOnly(adapter.getInstance<FastifyInstance>());
  return furnish(application);
}

/** Options that every Nest application over {@link AppModule} needs, in tests too. */
export const APPLICATION_OPTIONS = { bodyParser: false, abortOnError: false } as const;

export function createAdapter({ tls }: Pick<Environment, 'tls'>): FastifyAdapter {
  return new FastifyAdapter({
    logger: false,
    // Never taken from the client: it ends up in the log and the audit.
    genReqId: () => randomUUID(),
    trustProxy: false,
    // See `refuseWhileClosing`.
    return503OnClosing: false,
    // An address that cannot be decoded reaches no handler, and Fastify's own answer would repeat it, query and all.
    frameworkErrors: ({ statusCode = 400 }: FastifyError, { url }: FastifyRequest, reply: FastifyReply) => {
      void reply
        .code(statusCode)
        .headers({
          'content-type': 'application/json;charset=UTF-8',
          'cache-control': 'no-store',
          'x-content-type-options': 'nosniff',
        })
        .send(Buffer.from(answerOutside(url, statusCode)));
    },
    requestTimeout: REQUEST_TIMEOUT_MS,
    routerOptions: { maxParamLength: LONGEST_PARAMETER, ignoreTrailingSlash: true },
    ...(tls && { https: tlsOptions(tls) }),
  });
}

/** What surrounds every route; to be called before the application is initialised. */
export function furnish(application: NestFastifyApplication): NestFastifyApplication {
  const fastify: FastifyInstance = application.getHttpAdapter().getInstance();
  logRequests(fastify, application.get(ApplicationLogger).writer);
  leaveBodiesToRoutes(fastify);
  refuseWhileClosing(fastify, (url) => answerOutside(url, 503));
  fastify.addHook('onRequest', (request, reply, done) => {
    void reply.header('x-request-id', request.id);
    done();
  });
  serveApiDescription(application);
  application.enableShutdownHooks();
  return application;
}

/** The body of an answer that is given before any route is found; it never repeats the address. */
function answerOutside(url: string, statusCode: number): string {
  const message = STATUS_CODES[statusCode] ?? 'Error';
  return outsideEnvelope(url, statusCode) ?? outsideApi(url, message) ?? JSON.stringify({ statusCode, message });
}

function tlsOptions({ cert, key, clientCa }: TlsFiles): Record<string, unknown> {
  return {
    cert: readFileSync(cert),
    key: readFileSync(key),
    minVersion: 'TLSv1.2',
    // A client certificate is asked for, not demanded: people have none, and a caller without one is told so.
    ...(clientCa && { ca: readFileSync(clientCa), requestCert: true, rejectUnauthorized: false }),
  };
}
