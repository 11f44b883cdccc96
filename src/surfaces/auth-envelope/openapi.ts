import type {
  ContentObject,
  ExamplesObject,
  OpenAPIObject,
  OperationObject,
  ReferenceObject,
  ResponseObject,
} from '@nestjs/swagger';
import { factsOf } from './auth-codes.js';
import type { AuthMethodDeclaration } from './auth-method.js';
import type { AuthMethodRegistry } from './auth-method-registry.js';
import { PREFIXES, type PathForm } from './auth-paths.js';
import { failureSchema, nameOf, objectSchemas, reference, returnItemSchema, schemasOf } from './openapi-schemas.js';

type Method = AuthMethodDeclaration<object>;

/** How agents authenticate: with a bearer token, or with a client certificate. */
const SECURITY = { token: 'agentToken', certificate: 'agentCertificate' } as const;
const TOKEN_URL = '/das5/rest/oauth/token';

/** Operations of the two forms of a path have names of their own, as client generators want it. */
const OPERATION_PREFIX: Readonly<Record<PathForm, string>> = { '/auth': 'auth', '/das5': 'das5' };

/** Adds every declared method at both forms of its path to an OpenAPI 3.1 document; the same methods give the same bytes. */
export function addAuthPaths(document: OpenAPIObject, registry: Pick<AuthMethodRegistry, 'all'>): OpenAPIObject {
  const methods = registry.all();
  const components = (document.components ??= {});
  components.schemas = {
    ...components.schemas,
    AuthFailure: failureSchema,
    AuthReturnItem: returnItemSchema,
    ...objectSchemas(methods),
  };
  for (const method of methods) {
    Object.assign(components.schemas, schemasOf(method));
    for (const form of ['/auth', '/das5'] as const) {
      document.paths[`${PREFIXES[form]}${method.name}`] = { post: operation(method, form) };
    }
  }
  components.securitySchemes = {
    ...components.securitySchemes,
    [SECURITY.token]: {
      type: 'oauth2',
      description: 'The token of an agent, renewed before it expires.',
      flows: { clientCredentials: { tokenUrl: TOKEN_URL, scopes: {} } },
    },
    // Swagger's types are those of OpenAPI 3.0, which does not know this one.
    [SECURITY.certificate]: { type: 'mutualTLS', description: 'The client certificate of an agent.' } as never,
  };
  return document;
}

function operation(method: Method, form: PathForm): OperationObject {
  const { name, summary, permission } = method;
  return {
    operationId: `${OPERATION_PREFIX[form]}_${name}`,
    tags: ['Authentication methods'],
    summary,
    description: description(method),
    security: [{ [SECURITY.token]: [] }, { [SECURITY.certificate]: [] }],
    requestBody: {
      required: false,
      content: json(
        reference(nameOf(method, 'Request')),
        examples(method, ({ request }) => request),
      ),
    },
    responses: {
      200: {
        description: 'What the method has decided.',
        content: json(
          reference(nameOf(method, 'Response')),
          examples(method, ({ response }) => response),
        ),
      },
      400: refusal('The body is no JSON object.'),
      401: refusal('No agent, or not with a valid credential.'),
      403: refusal(`The agent has not the permission \`${permission}\`, or calls from another address.`),
      413: refusal('The body is larger than 64 KiB.'),
      429: {
        ...refusal('Too many requests.'),
        headers: { 'Retry-After': { description: 'Seconds.', schema: { type: 'integer', minimum: 1 } } },
      },
      500: refusal('Unexpected fault.'),
      503: refusal('The database cannot be reached.'),
    },
  };
}

function description({ description: text, permission, changes, codes }: Method): string {
  const lines = codes.map((code) => `- ${code}: ${factsOf(code).message.replace(/:$/, '')}`);
  return [
    text,
    `Permission \`${permission}\`; ${changes ? 'changes something' : 'only tells'}.`,
    'The body is read as JSON whatever its content type; unknown parameters are ignored.',
    ...(lines.length > 0 ? [`Codes:\n${lines.join('\n')}`] : []),
  ]
    .filter(Boolean)
    .join('\n\n');
}

function refusal(text: string): ResponseObject {
  return { description: text, content: json(reference('AuthFailure')) };
}

function json(schema: ReferenceObject, named: ExamplesObject = {}): ContentObject {
  return { 'application/json': { schema, ...(Object.keys(named).length > 0 && { examples: named }) } };
}

function examples(
  method: Method,
  value: (example: NonNullable<Method['examples']>[number]) => unknown,
): ExamplesObject {
  return Object.fromEntries(
    (method.examples ?? []).map((example) => [example.summary, { summary: example.summary, value: value(example) }]),
  );
}
