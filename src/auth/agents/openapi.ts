import type { OpenAPIObject, OperationObject, SchemaObject } from '@nestjs/swagger';

const text = (description: string): SchemaObject => ({ type: 'string', description });

const REQUEST: SchemaObject = {
  type: 'object',
  required: ['grant_type'],
  properties: {
    grant_type: { type: 'string', enum: ['client_credentials'] },
    client_id: text('Identifier of the agent, where it is not sent as Basic credentials.'),
    client_secret: { ...text('Its secret, where it is not sent as Basic credentials.'), writeOnly: true },
  },
};

const TOKEN: SchemaObject = {
  type: 'object',
  required: ['access_token', 'token_type', 'expires_in'],
  properties: {
    access_token: text('For `Authorization: Bearer`; opaque.'),
    token_type: { type: 'string', enum: ['Bearer'] },
    expires_in: { type: 'integer', description: 'Seconds.' },
  },
};

const ERROR: SchemaObject = {
  type: 'object',
  required: ['error'],
  properties: {
    error: {
      type: 'string',
      enum: ['invalid_request', 'invalid_client', 'unsupported_grant_type', 'temporarily_unavailable', 'server_error'],
    },
    error_description: text('English text.'),
  },
};

/** Adds the token endpoint for agents, at both forms of its path, to an OpenAPI document. */
export function addAgentTokenPaths(document: OpenAPIObject): OpenAPIObject {
  const components = (document.components ??= {});
  components.schemas = {
    ...components.schemas,
    AgentTokenRequest: REQUEST,
    AgentToken: TOKEN,
    AgentTokenError: ERROR,
  };
  components.securitySchemes = {
    ...components.securitySchemes,
    agentClient: { type: 'http', scheme: 'basic', description: 'Client identifier and secret of an agent.' },
  };
  document.paths['/auth/oauth/token'] = { post: operation('auth_oauthToken') };
  document.paths['/das5/rest/oauth/token'] = { post: operation('das5_oauthToken') };
  return document;
}

function operation(operationId: string): OperationObject {
  const schema = (name: string) => ({ schema: { $ref: `#/components/schemas/${name}` } });
  const refusal = (description: string) => ({
    description,
    content: { 'application/json': schema('AgentTokenError') },
  });
  return {
    operationId,
    tags: ['Authentication methods'],
    summary: 'Gives an agent an access token (RFC 6749, section 4.4).',
    security: [{ agentClient: [] }, {}],
    requestBody: {
      required: true,
      content: {
        'application/x-www-form-urlencoded': schema('AgentTokenRequest'),
        'application/json': schema('AgentTokenRequest'),
      },
    },
    responses: {
      200: { description: 'The token.', content: { 'application/json': schema('AgentToken') } },
      400: refusal('The request is not well made.'),
      401: refusal('The client cannot be let in.'),
      429: {
        ...refusal('Too many failed attempts from this address.'),
        headers: { 'Retry-After': { description: 'Seconds.', schema: { type: 'integer', minimum: 1 } } },
      },
      503: refusal('The database cannot be reached.'),
    },
  };
}
