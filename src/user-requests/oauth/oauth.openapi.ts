import type { SchemaObject } from '@nestjs/swagger';
import type { ApiDeclaration } from '../../surfaces/oauth1/api-operation.js';

const TOKEN_FORM: SchemaObject = {
  type: 'object',
  required: ['oauth_token', 'oauth_token_secret'],
  properties: {
    oauth_token: { type: 'string' },
    oauth_token_secret: { type: 'string' },
    oauth_callback_confirmed: { type: 'string', enum: ['true'], description: 'When a callback was given.' },
  },
};

export const REQUEST_TOKEN_CALL: ApiDeclaration = {
  id: 'oauthRequestToken',
  summary: 'A request token',
  description:
    'Step 1. OAuth parameters in the `Authorization` header, the form or the query, without a token. `oauth_callback` is ' +
    '`oob`, or an address whose origin is in `allowed_redirect_origins`. The person then goes to ' +
    '`/oauth/authorizeRequestToken?oauth_token=…`. GET does the same.',
  answer: {
    type: 'application/x-www-form-urlencoded',
    description: 'The request token, good for 15 minutes.',
    schema: TOKEN_FORM,
  },
};

export const ACCESS_TOKEN_CALL: ApiDeclaration = {
  id: 'oauthAccessToken',
  summary: 'An access token',
  description:
    'Step 3: for a request token that was granted, with `oauth_verifier` where `oauth_callback` was given; GET does the ' +
    'same. Or xAuth: for login and password, where the consumer may.',
  form: {
    type: 'object',
    properties: {
      x_auth_username: { type: 'string', description: 'xAuth: login of a person of the consumer’s domain.' },
      x_auth_password: { type: 'string', description: 'xAuth: their password.' },
      x_auth_mode: { type: 'string', enum: ['client_auth'] },
    },
  },
  answer: { type: 'application/x-www-form-urlencoded', description: 'The access token.', schema: TOKEN_FORM },
};

export const USER_ACCESS_TOKEN_CALL: ApiDeclaration = {
  id: 'createAccessTokenForUser',
  summary: 'An access token for somebody',
  description:
    'The caller is a global or domain administrator; only a global one gets a token of somebody who holds a role. The ' +
    'token belongs to the caller’s consumer.',
  caller: 'required',
  path: { username: 'Login of the user; their email where the domain logs in with it.' },
  form: {
    type: 'object',
    properties: {
      validity: {
        type: 'string',
        pattern: '^[0-9]+$',
        description: 'Seconds from 1 to 315360000, cut to `token_lifetime`, which counts when absent.',
      },
      domain_id: { type: 'string', description: 'Id or name of the user’s domain; also called `domainId`.' },
    },
  },
  answer: { type: 'text/plain', description: 'The token, a semicolon and its secret.', example: 'k2v9x7…;b9q1n5…' },
  refusals: {
    400: 'A parameter is malformed, or the user is not active.',
    403: 'The role does not allow it.',
    404: 'Nobody has this name within reach.',
  },
};
