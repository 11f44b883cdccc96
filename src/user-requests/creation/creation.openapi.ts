import type { ApiDeclaration } from '../../surfaces/oauth1/api-operation.js';
import { REQUEST_TYPES } from '../request-types.js';

/** What the API document says of the creation of requests. */
export const CREATION_CALL: ApiDeclaration = {
  id: 'createUserRequest',
  summary: 'Create a request for a person: log-in, password, unlocking, or an action',
  description:
    '`PASSWORD_RESET` and `UNLOCK_ACCOUNT` also without OAuth parameters: the code is a receipt then, and the answer is the ' +
    'same whoever is named.',
  caller: 'optional',
  path: { username: 'The login; the mail address where the domain has `login_with_email`.' },
  query: { locale: 'Language (IETF tag) of the letter, where the directory does not know the person’s.' },
  form: {
    type: 'object',
    required: ['request_type'],
    properties: {
      request_type: { type: 'string', enum: [...REQUEST_TYPES] },
      requestPin: {
        type: 'string',
        enum: ['true', 'false'],
        default: 'false',
        description: 'A PIN instead of a link.',
      },
      endpoint: { type: 'string', description: 'Of `CUSTOM`: a path of `custom_request_endpoints`.' },
      parameters: {
        type: 'string',
        maxLength: 8_192,
        description: 'Of `CUSTOM`: a JSON object of plain values, or `a=1&b=2`.',
      },
    },
  },
  answer: {
    type: 'text/plain',
    description: '`{request_id};{request_code}`',
    schema: { type: 'string', pattern: '^[0-9]+;[A-Za-z0-9]{50}$' },
    example: '1544;RDQX1Qx9UokSf4n3KAVWgNClvrFUqncSZg7fK3gnVAfNIAOylN',
  },
  refusals: {
    400: 'A parameter is missing or unknown, the endpoint is not allowed, the user is not active or has no email.',
    403: 'The role of the caller, or that of the person, does not allow it.',
    404: 'Nobody of that name within reach.',
  },
};
