import { applyDecorators } from '@nestjs/common';
import { ApiResponse } from '@nestjs/swagger';
import { ApiCall } from '../../surfaces/oauth1/api-operation.js';
import { NOT_VALID_WORDS, notValid } from './not-valid.js';

const WORDS = NOT_VALID_WORDS.map((word) => `\`${word}\``).join(', ');

const COMMON = {
  path: {
    number: 'The `{request_id}` of the created request.',
    code: 'Its `{request_code}`, or the code of the mailed link.',
  },
  query: {
    redirect:
      'Where a browser goes afterwards: a path, or an address of `allowed_redirect_origins`; anything else is dropped.',
    pin: 'The PIN, where the person was sent one; also as a field of the form.',
    locale: 'Language of pages (IETF tag).',
  },
  refusals: { 403: 'Called by a page whose origin is not in `cors_origins`.' },
} as const;

const CREDENTIAL = { type: 'string', format: 'password' } as const;

const DESCRIPTIONS = {
  GET: {
    id: 'lookAtUserRequest',
    summary: 'Process a log-in or CUSTOM request; look at the page of any other',
    description:
      'No API authentication: number, code and PIN decide. `LOGIN_UNATTENDED` answers `OK` and sets `JSESSIONID`, `CUSTOM` ' +
      'answers `OK` or `ERROR`, `LOGIN` redirects; the other types show a page and change nothing. Browsers that navigate ' +
      `(\`Accept: text/html\`) get pages. Refusals have status 200: \`NOT_VALID;\` and one of ${WORDS}.`,
  },
  POST: {
    id: 'completeUserRequest',
    summary: 'Complete a request: new password, unlocking, PIN',
    description:
      'What the page sends. A browser that navigates must send the CSRF value of the page; other callers get `OK`, a word ' +
      `of ${WORDS}, or the page again when a password was refused.`,
    form: {
      type: 'object',
      properties: { pin: { type: 'string' }, password: CREDENTIAL, repeated: CREDENTIAL, csrf: { type: 'string' } },
    },
  },
} as const;

/** Describes a verb of `processRequest` in the API document. */
export function DescribeProcessing(verb: 'GET' | 'POST'): MethodDecorator {
  const { form, ...declaration } = { form: undefined, ...DESCRIPTIONS[verb] };
  return applyDecorators(
    ApiCall({
      ...COMMON,
      ...declaration,
      ...(form && { form: { type: 'object', properties: { ...form.properties } } }),
      answer: {
        type: 'text/plain',
        description: 'The outcome in a word; a page (`text/html`) where a person is to see or do something.',
        example: notValid('EXPIRED'),
      },
    }),
    ApiResponse({ status: 302, description: 'To `redirect`, or to `/account` after `LOGIN`.' }),
  );
}
