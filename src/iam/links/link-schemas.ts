import type { SchemaObject } from '@nestjs/swagger';
import { DONE_SCHEMA } from '../../surfaces/iam-rest/rest-operation.js';

/** A new password. */
export const PWD_SCHEMA: SchemaObject = {
  type: 'string',
  format: 'password',
  minLength: 1,
  maxLength: 100,
  description: 'A-Za-z0-9_-.~!, and what the setting `pwd_policy` of the domain demands.',
};

/** What the second step of each request answers: the account to log in with. */
export const LINK_DONE_SCHEMA: SchemaObject = {
  type: 'object',
  required: [...DONE_SCHEMA.required, 'user'],
  properties: {
    ...DONE_SCHEMA.properties,
    user: {
      type: 'object',
      required: ['domain', 'login'],
      properties: { domain: { type: 'string' }, login: { type: 'string' } },
    },
  },
};
