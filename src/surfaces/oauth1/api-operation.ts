import { applyDecorators } from '@nestjs/common';
import {
  ApiBody,
  ApiConsumes,
  ApiOperation,
  ApiParam,
  ApiQuery,
  ApiResponse,
  ApiSecurity,
  ApiTags,
} from '@nestjs/swagger';
import type { OpenAPIObject, ReferenceObject, SchemaObject } from '@nestjs/swagger';
import type { ApiStatus } from './api-refusal.js';
import { OAUTH_PROBLEMS } from './oauth-problem.js';

/** What the API document says of a route, beside what its decorators say to Nest. */
export interface ApiDeclaration {
  /** Unique in the document; the name of the function in generated clients. */
  readonly id: string;
  readonly summary: string;
  readonly description?: string;
  /** `required`: OAuth with an access token; `optional`: also without any OAuth parameter. */
  readonly caller?: 'required' | 'optional';
  /** Parameters of the path: name and meaning. */
  readonly path?: Readonly<Record<string, string>>;
  /** Parameters of the query: name and meaning. */
  readonly query?: Readonly<Record<string, string>>;
  /** Fields of the form: name and schema. */
  readonly form?: SchemaObject & { readonly properties: Record<string, SchemaObject>; readonly required?: string[] };
  readonly answer: {
    readonly type: 'text/plain' | 'application/json' | 'application/x-www-form-urlencoded' | 'image/*';
    readonly description: string;
    readonly schema?: SchemaObject;
    readonly example?: string;
  };
  /** Refusals as JSON that are to be expected: status and when. */
  readonly refusals?: Readonly<Partial<Record<ApiStatus, string>>>;
}

const OAUTH = 'oauth1';
const ERROR: ReferenceObject = { $ref: '#/components/schemas/ApiError' };
const PROBLEM: ReferenceObject = { $ref: '#/components/schemas/OAuthProblem' };
const FORM = 'application/x-www-form-urlencoded';
/** Statuses of `oauth_problem`. */
const PROBLEM_STATUSES: ReadonlySet<number> = new Set([400, 401, 403]);

/** Describes a route of this surface in the API document. */
export function ApiCall(declaration: ApiDeclaration): MethodDecorator {
  const { id, summary, description, caller, path = {}, query = {}, form, answer, refusals = {} } = declaration;
  const isOAuth = caller !== undefined || answer.type === FORM;
  const expected: Record<string, string> = {
    ...(isOAuth && { 400: '', 401: '', 403: '' }),
    503: 'Too many requests, or a part of the server is away; `Retry-After` tells the seconds.',
    ...refusals,
  };
  return applyDecorators(
    ApiTags('User requests'),
    ApiOperation({ operationId: id, summary, ...(description !== undefined && { description }) }),
    ...(caller ? [ApiSecurity(OAUTH)] : []),
    ...(caller === 'optional' ? [ApiSecurity({})] : []),
    ...Object.entries(path).map(([name, meaning]) =>
      ApiParam({ name, description: meaning, schema: { type: 'string' } }),
    ),
    ...Object.entries(query).map(([name, meaning]) =>
      ApiQuery({ name, required: false, description: meaning, schema: { type: 'string' } }),
    ),
    ...(form ? [ApiConsumes(FORM), ApiBody({ required: (form.required ?? []).length > 0, schema: form })] : []),
    ApiResponse({
      status: 200,
      description: answer.description,
      content: {
        [answer.type]: {
          schema: answer.schema ?? (answer.type === 'image/*' ? {} : { type: 'string' }),
          ...(answer.example !== undefined && { example: answer.example }),
        },
      },
    }),
    ...Object.entries(expected).map(([status, text]) => refusal(Number(status), text, isOAuth)),
  );
}

/** Both shapes of a refusal: that of OAuth, and that of everything else. */
function refusal(status: number, text: string, isOAuth: boolean): MethodDecorator {
  const problem = isOAuth && PROBLEM_STATUSES.has(status);
  const sentences = [text, ...(problem ? ['What is wrong with the OAuth parameters is form-encoded.'] : [])];
  return ApiResponse({
    status,
    description: sentences.filter((sentence) => sentence !== '').join(' '),
    content: {
      'application/json': { schema: ERROR },
      ...(problem && { [FORM]: { schema: PROBLEM } }),
    },
  });
}

/** Adds what the routes of this surface refer to; their second base is said once, and not with every path. */
export function addApiComponents(document: OpenAPIObject): OpenAPIObject {
  const components = (document.components ??= {});
  components.schemas = {
    ...components.schemas,
    ApiError: { type: 'object', required: ['error'], properties: { error: { type: 'string' } } },
    OAuthProblem: {
      type: 'object',
      required: ['oauth_problem'],
      properties: {
        oauth_problem: { type: 'string', enum: Object.keys(OAUTH_PROBLEMS) },
        oauth_acceptable_timestamps: { type: 'string', description: 'Of `timestamp_refused`: seconds, `<from>-<to>`.' },
        oauth_acceptable_versions: { type: 'string' },
        oauth_parameters_absent: { type: 'string', description: 'Names, joined by `&`.' },
        oauth_parameters_rejected: { type: 'string', description: 'Names, joined by `&`.' },
      },
    },
  };
  components.securitySchemes = {
    ...components.securitySchemes,
    [OAUTH]: {
      type: 'http',
      scheme: 'oauth',
      description:
        'OAuth 1.0a (RFC 5849): `Authorization: OAuth oauth_consumer_key="…", oauth_token="…", oauth_timestamp="…", ' +
        'oauth_nonce="…"`, signed with HMAC-SHA1 or PLAINTEXT, or not. The parameters may stand in the form or in the ' +
        'query instead. The same calls are served below `/belladati`.',
    },
  };
  for (const path of Object.keys(document.paths)) {
    if (path.startsWith('/belladati/')) delete document.paths[path];
  }
  return document;
}
