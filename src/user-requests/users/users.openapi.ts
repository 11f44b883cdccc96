import type { SchemaObject } from '@nestjs/swagger';
import type { ApiDeclaration } from '../../surfaces/oauth1/api-operation.js';

const ID = { id: 'Id of the user: the directory’s own, which never changes.' };
const DOMAIN = { domain_id: 'Id or name of the domain.' };
const WHICH = {
  domain_id:
    'Id or name of the domain in which the user is looked for; every domain that the role reaches when absent.',
  locale: 'Language tag; changes nothing here.',
};
const EXCLUDE = { exclude: 'Members that are left out, e.g. `email,lastLogin`.' };

const nullable = (description?: string): SchemaObject => ({
  type: ['string', 'null'],
  ...(description !== undefined && { description }),
});
const DATE = nullable('E.g. `Tue, 14 Oct 2025 08:15:00 GMT`.');

const USER: SchemaObject = {
  type: 'object',
  properties: {
    id: { type: 'string' },
    username: { type: 'string' },
    domain_id: { type: 'string' },
    firstName: nullable(),
    middleName: nullable(),
    lastName: nullable(),
    name: nullable('`firstName` once more, as the SDK reads it.'),
    surname: nullable('`lastName` once more.'),
    email: nullable(),
    active: { type: 'boolean' },
    info: nullable(),
    firstLogin: DATE,
    lastLogin: DATE,
    phone: nullable(),
    timeZone: nullable('IANA name.'),
    locale: nullable('BCP 47 tag.'),
    roles: {
      type: 'array',
      items: { type: 'object', properties: { role: { type: 'string' } } },
      description:
        '`ADMIN`, `WORKSPACE_ADMIN`, `USER_MANAGER`; and `DATASET_ADMIN`, `REPORT_ADMIN`, `DATA_ADMIN`, `SCHEMA_ADMIN`, ' +
        'which are kept for other systems.',
    },
    groups: {
      type: 'array',
      items: { type: 'object', properties: { id: { type: 'string' }, name: { type: 'string' } } },
    },
  },
};

const DATA: SchemaObject = {
  type: 'string',
  description:
    'JSON with `username`, `email`, `firstName` (or `name`), `lastName` (or `surname`), `domain_id`, `middleName`, `info`, ' +
    '`phone`, `timeZone`, `locale`, `active`, `roles` and `groups` (texts, or objects as they are shown), and `parameters` ' +
    '(`[{"key": …, "value": …}]`).',
};
const DATA_FORM = {
  type: 'object',
  properties: { data: DATA },
  required: ['data'],
} as const satisfies ApiDeclaration['form'];

const REFUSED = {
  400: 'A member is missing or wrong: `{"error": "<member>: <what>"}`.',
  403: 'The role does not allow it.',
};
const NO_USER = { 403: 'The role does not reach the user.', 404: 'Nobody within reach has this id or name.' };
const EMPTY = { type: 'text/plain', description: 'Done; the body is empty.', example: '' } as const;
const ONE_USER = { type: 'application/json', description: 'The user.', schema: USER } as const;

export const CREATE_USER: ApiDeclaration = {
  id: 'apiCreateUser',
  summary: 'Make a user, for global and domain administrators',
  description: 'Without a password; a request of type `PASSWORD_SET` lets the person choose one.',
  caller: 'required',
  form: DATA_FORM,
  answer: { type: 'text/plain', description: 'The id of the user.', example: '4b7d9f2e-91c6-4f6f-9c52-0d6b8f6a3f10' },
  refusals: { ...REFUSED, 404: 'No such domain.' },
};

export const SHOW_USER: ApiDeclaration = {
  id: 'apiShowUser',
  summary: 'Show a user; everybody may see themselves',
  caller: 'required',
  path: ID,
  query: { ...EXCLUDE, ...WHICH },
  answer: ONE_USER,
  refusals: NO_USER,
};

export const SHOW_USER_BY_NAME: ApiDeclaration = {
  ...SHOW_USER,
  id: 'apiShowUserByName',
  summary: 'Show the user with a login name, or with a mail address where `login_with_email` is on',
  path: { username: 'Login name, compared as the directory compares.' },
};

export const CHANGE_USER: ApiDeclaration = {
  id: 'apiChangeUser',
  summary: 'Change a user, for global and domain administrators',
  description: 'What is absent stays, null takes away. A user sent back as shown stays as they are.',
  caller: 'required',
  path: ID,
  query: WHICH,
  form: DATA_FORM,
  answer: EMPTY,
  refusals: { ...NO_USER, 400: REFUSED[400] },
};

export const SHOW_STATUS: ApiDeclaration = {
  id: 'apiShowUserStatus',
  summary: 'Tell whether a user is active',
  caller: 'required',
  path: ID,
  query: WHICH,
  answer: {
    type: 'text/plain',
    description: '`ACTIVE`, or `INACTIVE` for who is switched off here or in the directory.',
    schema: { type: 'string', enum: ['ACTIVE', 'INACTIVE'] },
    example: 'ACTIVE',
  },
  refusals: NO_USER,
};

export const SET_STATUS: ApiDeclaration = {
  id: 'apiSetUserStatus',
  summary: 'Switch a user on or off, for global and domain administrators',
  description: '`INACTIVE` ends the sessions, tokens, links and requests of the person.',
  caller: 'required',
  path: ID,
  query: WHICH,
  form: {
    type: 'object',
    properties: {
      status: { type: 'string', description: '`ACTIVE` or `INACTIVE`; quotation marks around it do not matter.' },
    },
    required: ['status'],
  },
  answer: EMPTY,
  refusals: { ...NO_USER, 400: 'Another word, or a directory that keeps the person out.' },
};

export const SHOW_IMAGE: ApiDeclaration = {
  id: 'apiShowUserImage',
  summary: 'The picture of a user that the directory holds',
  caller: 'required',
  path: ID,
  query: WHICH,
  answer: { type: 'image/*', description: 'JPEG, PNG, GIF or WebP, 1 MiB at most.' },
  refusals: { ...NO_USER, 404: 'Nobody within reach has this id, or there is no picture.' },
};

export const LIST_USERS: ApiDeclaration = {
  id: 'apiListUsers',
  summary: 'Users of a domain by login, for global and domain administrators',
  caller: 'required',
  path: DOMAIN,
  query: {
    userGroup_id: 'Id of a group: only who is in it.',
    size: 'Users at most, 1 to 1000; 1000 when absent.',
    offset: 'Users to skip.',
    locale: WHICH.locale,
    ...EXCLUDE,
  },
  answer: {
    type: 'application/json',
    description: 'The users whom the role reaches.',
    schema: { type: 'object', properties: { users: { type: 'array', items: USER } } },
  },
  refusals: { 400: 'A parameter out of range.', 403: 'The role does not allow it.', 404: 'No such domain.' },
};

export const LIST_GROUPS: ApiDeclaration = {
  id: 'apiListUserGroups',
  summary: 'Groups of a domain by name, for global and domain administrators',
  caller: 'required',
  path: DOMAIN,
  query: { locale: WHICH.locale },
  answer: {
    type: 'application/json',
    description: 'The groups, 1000 at most.',
    schema: {
      type: 'object',
      properties: {
        userGroups: {
          type: 'array',
          items: {
            type: 'object',
            properties: { id: { type: 'string' }, name: { type: 'string' }, description: nullable() },
          },
        },
      },
    },
  },
  refusals: { 403: 'The role does not allow it.', 404: 'No such domain.' },
};
