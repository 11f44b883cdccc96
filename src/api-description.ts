import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { addAgentTokenPaths } from './auth/agents/openapi.js';
import { AuthMethodRegistry } from './surfaces/auth-envelope/auth-method-registry.js';
import { addAuthPaths } from './surfaces/auth-envelope/openapi.js';
import { addApiComponents } from './surfaces/oauth1/api-operation.js';
import { addRestComponents } from './surfaces/iam-rest/rest-operation.js';
import { addRpcPaths } from './surfaces/json-rpc/openapi.js';
import { RpcMethodRegistry } from './surfaces/json-rpc/rpc-method-registry.js';

/** The interactive documentation brings its own style attributes; everything else stays as strict as on our pages. */
const DOCS_POLICY =
  "default-src 'none'; connect-src 'self'; font-src 'self'; img-src 'self' data:; script-src 'self'; " +
  "style-src 'self' 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** What the page needs of the package that it comes from, which holds more: its version, a file for OAuth, maps. */
const DOCS_FILES: ReadonlySet<string> = new Set([
  'swagger-ui.css',
  'swagger-ui-bundle.js',
  'swagger-ui-standalone-preset.js',
  'favicon-16x16.png',
  'favicon-32x32.png',
]);

/** Serves the API's description at `/openapi.json` and a page to read and try it at `/docs`. */
export function serveApiDescription(application: NestFastifyApplication): void {
  const fastify: FastifyInstance = application.getHttpAdapter().getInstance();
  fastify.addHook('onRequest', (request, reply, done) => {
    const { url: route = '' } = request.routeOptions;
    if (route.startsWith('/docs') && route.endsWith('*') && !DOCS_FILES.has(fileOf(request))) {
      return reply.callNotFound();
    }
    if (/^\/(docs|openapi\.json)([/?]|$)/.test(request.url)) {
      void reply.headers({
        'content-security-policy': DOCS_POLICY,
        'referrer-policy': 'no-referrer',
        'x-content-type-options': 'nosniff',
      });
    }
    done();
  });
  SwaggerModule.setup('docs', application, () => describeApi(application), {
    jsonDocumentUrl: 'openapi.json',
    raw: ['json'],
    customSiteTitle: 'Latchkey API',
  });
}

/** The file that a route for whole folders was asked for; decoded, as the handler gets it. */
function fileOf({ params }: FastifyRequest): string {
  return (params as { readonly '*'?: string })['*']?.replace(/^\//, '') ?? '';
}

/** The description, made from the declarations in the code; the same code gives the same document. */
export function describeApi(application: NestFastifyApplication): OpenAPIObject {
  const frame = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Latchkey')
    .setDescription(
      'Lets people back in and keeps everyone else out: the wire protocols that a Latchkey server speaks.',
    )
    .setVersion('1')
    .build();
  // Each operation names its surface; names of our classes are nobody's business.
  const document = SwaggerModule.createDocument(application, frame, { autoTagControllers: false });
  addRpcPaths(document, application.get(RpcMethodRegistry));
  addAuthPaths(document, application.get(AuthMethodRegistry));
  addRestComponents(document);
  addApiComponents(document);
  return addAgentTokenPaths(document);
}
