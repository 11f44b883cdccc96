import type {
  ContentObject,
  ExamplesObject,
  OpenAPIObject,
  OperationObject,
  ReferenceObject,
  ResponseObject,
  SchemaObject,
} from '@nestjs/swagger';
import { failureSchema, reference, schemasOf } from './openapi-schemas.js';
import type { RpcMethodDeclaration } from './rpc-method.js';
import type { RpcMethodRegistry } from './rpc-method-registry.js';

type Method = RpcMethodDeclaration<object>;

const SECURITY_SCHEME = 'managerBasic';

/** Adds `POST /manag/` with every declared method to an OpenAPI 3.1 document; the same methods give the same bytes. */
export function addRpcPaths(document: OpenAPIObject, registry: Pick<RpcMethodRegistry, 'all'>): OpenAPIObject {
  const methods = registry.all();
  document.paths['/manag/'] = { post: operation(methods) };
  const components = (document.components ??= {});
  components.schemas = { ...components.schemas, RpcFailure: failureSchema };
  for (const method of methods) Object.assign(components.schemas, schemasOf(method));
  components.securitySchemes = {
    ...components.securitySchemes,
    [SECURITY_SCHEME]: {
      type: 'http',
      scheme: 'basic',
      description:
        'An administrator. The setting `manager_auth` says what the user part holds: a login (`DOMAIN\\login`) or a ' +
        'distinguished name; with `PKI` a client certificate is needed as well.',
    },
  };
  return document;
}

function operation(methods: readonly Method[]): OperationObject {
  const requests = methods.map(({ name }) => reference(`${name}.Request`));
  const responses = [...methods.map(({ name }) => reference(`${name}.Response`)), reference('RpcFailure')];
  return {
    operationId: 'managerJsonRpc',
    tags: ['Manager JSON-RPC'],
    summary: 'Calls a method of the Manager interface (JSON-RPC 2.0).',
    description: description(methods),
    security: [{ [SECURITY_SCHEME]: [] }],
    requestBody: { required: true, content: json(oneOrMany('oneOf', requests), examples(methods, exampleRequest)) },
    responses: {
      200: {
        description: 'The outcome of the call, errors included; for a batch an array of outcomes in the same order.',
        content: json(oneOrMany('anyOf', responses), examples(methods, exampleResponse)),
      },
      204: { description: 'Notifications only: carried out, nothing to answer.' },
      401: { ...refusal('No credentials.'), headers: { 'WWW-Authenticate': { schema: { type: 'string' } } } },
      403: refusal('The client address is not in `manager_clients`, or a browser calls for a page of another site.'),
      413: refusal('The body is larger than 1 MiB.'),
      429: {
        ...refusal('Too many failed logins from this address.'),
        headers: { 'Retry-After': { description: 'Seconds.', schema: { type: 'integer', minimum: 1 } } },
      },
    },
  };
}

function description(methods: readonly Method[]): string {
  const lines = methods.map(
    ({ name, summary, right, changes }) =>
      `- \`${name}\` (right \`${right}\`, ${changes ? 'changes something' : 'only tells'}): ${summary}`,
  );
  return [
    'The body is read as JSON whatever its content type. Up to 50 calls may be sent as an array.',
    'Integers may be sent as decimal strings; `null` counts as absent; unknown parameters are ignored.',
    'Wrong credentials are answered with HTTP 200 and error -32600.',
    `\n${lines.join('\n')}`,
  ].join('\n');
}

/** Requests are told apart by their method; answers of two methods may look the same. */
function oneOrMany(which: 'oneOf' | 'anyOf', schemas: ReferenceObject[]): SchemaObject {
  return { [which]: [...schemas, { type: 'array', minItems: 1, maxItems: 50, items: { [which]: schemas } }] };
}

function refusal(text: string): ResponseObject {
  return { description: text, content: json(reference('RpcFailure')) };
}

function json(schema: SchemaObject | ReferenceObject, examplesOfSchema: ExamplesObject = {}): ContentObject {
  const examples = Object.keys(examplesOfSchema).length > 0 ? { examples: examplesOfSchema } : {};
  return { 'application/json': { schema, ...examples } };
}

type Example = NonNullable<Method['examples']>[number];

function examples(methods: readonly Method[], value: (method: Method, example: Example) => unknown): ExamplesObject {
  return Object.fromEntries(
    methods.flatMap((method) =>
      (method.examples ?? []).map((example) => [
        `${method.name}: ${example.summary}`,
        { summary: example.summary, value: value(method, example) },
      ]),
    ),
  );
}

function exampleRequest({ name }: Method, { params }: Example): unknown {
  return { jsonrpc: '2.0', method: name, params, id: 0 };
}

function exampleResponse(_method: Method, { result }: Example): unknown {
  return { jsonrpc: '2.0', result, id: 0 };
}
