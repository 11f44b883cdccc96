import { applyDecorators } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiParam, ApiQuery, ApiResponse, ApiSecurity, ApiTags } from '@nestjs/swagger';
import type { OpenAPIObject, ReferenceObject, SchemaObject } from '@nestjs/swagger';
import { MOST_ROWS } from './list-query.js';
import type { RestErrorCode } from './rest-refusal.js';

/** What the API document says of a route, beside what its decorators say to Nest. */
export interface RestOperationDeclaration {
  /** Unique in the document; the name of the function in generated clients. */
  readonly id: string;
  readonly summary: string;
  readonly description?: string;
  /** `required`: a session is needed; `optional`: one changes what is done. */
  readonly session?: 'required' | 'optional';
  /** Parameters of the path: name and meaning. */
  readonly path?: Readonly<Record<string, string>>;
  /** Whether it takes the parameters of lists. */
  readonly list?: boolean;
  /** Further parameters of the query: name and meaning. */
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: SchemaObject & { readonly required?: string[] };
  readonly answer: SchemaObject;
  /** Refusals that are to be expected. */
  readonly codes: readonly RestErrorCode[];
}

const SESSION_COOKIE = 'iamSessionCookie';
const SESSION_TOKEN = 'iamSessionToken';
const ERROR: ReferenceObject = { $ref: '#/components/schemas/RestError' };

const REFUSALS: Readonly<Record<RestErrorCode, readonly [status: number, text: string]>> = {
  1400: [400, 'The body is not a JSON object.'],
  1401: [401, 'No session, or a dead one; wrong login.'],
  1403: [403, 'The role does not allow it, the feature is switched off, or the address is banned for a while.'],
  1404: [404, 'Unknown, used or expired.'],
  1405: [405, 'The path does not have this verb.'],
  1415: [415, 'The content type is not JSON.'],
  1429: [429, 'Too frequent; `Retry-After` tells the seconds.'],
  1500: [500, 'Internal.'],
  1501: [412, 'A field is missing, malformed, forbidden or taken; `error_details.field` names it.'],
  1503: [503, 'No mail can be sent, or a part of the server is away.'],
};

const LIST_PARAMETERS: Readonly<Record<string, string>> = {
  filter: 'JSON object: dotted names of fields, and what each must be equal to, e.g. `{"opts.isblocked":"false"}`.',
  mask: 'Dotted names of the fields that are answered, with commas.',
  offset: 'Rows to skip.',
  limit: `Rows at most; ${MOST_ROWS} when absent or larger.`,
  order: 'JSON array of `"name"` or `{"name":"desc"}`; also called `orderby`.',
  flat: 'Whether nested fields become dotted keys.',
};

/** The done answer of the request endpoints. */
export const DONE_SCHEMA: SchemaObject & {
  readonly required: string[];
  readonly properties: Record<string, SchemaObject>;
} = {
  type: 'object',
  required: ['error_code', 'result', 'result_msg'],
  properties: {
    error_code: { type: 'integer', enum: [0] },
    result: { type: 'boolean', enum: [true] },
    result_msg: { type: 'string' },
  },
};

/** Describes a route of this surface in the API document. */
export function RestOperation(declaration: RestOperationDeclaration): MethodDecorator {
  const { id, summary, description, session, path = {}, list, query, body, answer, codes } = declaration;
  const parameters = { ...(list && LIST_PARAMETERS), ...query };
  const refusals = new Set<RestErrorCode>([...codes, ...(session === 'required' ? ([1401] as const) : []), 1500]);
  return applyDecorators(
    ApiTags('IAM REST'),
    ApiOperation({ operationId: id, summary, ...(description !== undefined && { description }) }),
    ...(session ? [ApiSecurity(SESSION_COOKIE), ApiSecurity(SESSION_TOKEN)] : []),
    ...(session === 'optional' ? [ApiSecurity({})] : []),
    ...Object.entries(path).map(([name, meaning]) =>
      ApiParam({ name, description: meaning, schema: { type: 'string' } }),
    ),
    ...Object.entries(parameters).map(([name, meaning]) =>
      ApiQuery({ name, required: false, description: meaning, schema: { type: 'string' } }),
    ),
    ...(body ? [ApiBody({ schema: body, required: true })] : []),
    ApiResponse({ status: 200, description: 'Done.', schema: answer }),
    ...[...refusals]
      .toSorted((a, b) => a - b)
      .map((code) => {
        const [status, text] = REFUSALS[code];
        return ApiResponse({ status, description: `\`error_code\` ${code}: ${text}`, schema: ERROR });
      }),
  );
}

/** Adds what the routes of this surface refer to. */
export function addRestComponents(document: OpenAPIObject): OpenAPIObject {
  const components = (document.components ??= {});
  components.schemas = {
    ...components.schemas,
    RestError: {
      type: 'object',
      required: ['error_code', 'error_message'],
      properties: {
        error_code: { type: 'integer', enum: Object.keys(REFUSALS).map(Number) },
        error_message: { type: 'string' },
        error_details: {
          type: 'object',
          properties: {
            field: { type: 'string', description: 'The field that is wrong, of a 1501.' },
            retry_after: { type: 'integer', minimum: 1, description: 'Seconds.' },
          },
        },
      },
    },
  };
  components.securitySchemes = {
    ...components.securitySchemes,
    [SESSION_COOKIE]: {
      type: 'apiKey',
      in: 'cookie',
      name: 'EraSession',
      description: 'The session of a person; the setting `session_cookie` names the cookie.',
    },
    [SESSION_TOKEN]: {
      type: 'http',
      scheme: 'bearer',
      description: 'The `session_token` of a log-in with `session_type`.',
    },
  };
  return document;
}
