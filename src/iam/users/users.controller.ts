import { Controller, Delete, Get, Patch, Post, Req, Res, UseFilters } from '@nestjs/common';
import type { SchemaObject } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Guarded } from '../../core/web/access.js';
import { queryValue } from '../../core/web/visit.js';
import { readListQuery } from '../../surfaces/iam-rest/list-query.js';
import { shown } from '../../surfaces/iam-rest/list-rows.js';
import { done, sendRest } from '../../surfaces/iam-rest/rest-answer.js';
import { readObject } from '../../surfaces/iam-rest/rest-body.js';
import { RestFilter } from '../../surfaces/iam-rest/rest.filter.js';
import { DONE_SCHEMA, RestOperation } from '../../surfaces/iam-rest/rest-operation.js';
import { RestRefusal } from '../../surfaces/iam-rest/rest-refusal.js';
import { BanGuard } from '../sessions/ban.guard.js';
import { callerOf, IamSessionGuard } from '../sessions/iam-session.guard.js';
import { UserDesk, type UserPlace } from './user-desk.js';

const ID = 'The id of a user, or `current`.';
const PLACE = { domain: 'For global administrators: the domain meant; the own one when absent.' };

const PROPERTIES: Record<string, SchemaObject> = {
  name: { type: 'string', minLength: 1, maxLength: 1_000 },
  login: { type: 'string', minLength: 1, maxLength: 100, description: 'A-Za-z0-9_-.~!' },
  pwd: { type: 'string', description: 'Shown as `*****`, and to administrators only.' },
  timezone: { type: ['integer', 'string'], description: '-12..12 or `default`.' },
  opts: {
    type: 'object',
    additionalProperties: true,
    properties: {
      email: { type: 'string' },
      isblocked: { type: 'boolean' },
      self_registered: { type: 'boolean', readOnly: true },
      title: { type: 'string' },
      roles: { type: 'array', items: { type: 'string' } },
      tags: { type: 'array', items: { type: 'string' } },
      comment: { type: 'string' },
    },
  },
};

const USER: SchemaObject = {
  type: 'object',
  additionalProperties: true,
  properties: { id: { type: 'string', format: 'uuid' }, ...PROPERTIES },
};

const LOOKUP = 'LOOKUP';

/** `/rest/v1/iam/users` (iam-rest section 7). */
@Controller('rest/v1/iam/users')
@Guarded(BanGuard, IamSessionGuard)
@UseFilters(RestFilter)
export class UsersController {
  constructor(private readonly desk: UserDesk) {}

  @Get()
  @RestOperation({
    id: 'listUsers',
    summary: 'Users of a domain, for administrators',
    session: 'required',
    list: true,
    query: PLACE,
    answer: { type: 'array', items: USER },
    codes: [1403, 1501],
  })
  async list(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    sendRest(reply, await this.desk.list(callerOf(request), placeOf(request), readListQuery(request)));
  }

  /** With `X-HTTP-Method-Override: LOOKUP` it only finds an id: HTTP servers of our kind know no such verb. */
  @Post()
  @RestOperation({
    id: 'createUser',
    summary: 'Make a user, for administrators',
    description: `With the header \`X-HTTP-Method-Override: ${LOOKUP}\` the id of the user with this \`login\` is answered instead.`,
    session: 'required',
    query: PLACE,
    body: { type: 'object', required: ['login'], properties: PROPERTIES },
    answer: USER,
    codes: [1400, 1403, 1404, 1415, 1501],
  })
  async create(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const caller = callerOf(request);
    const body = await readObject(request, caller.session.kind === 'cookie');
    const looksUp = isLookUp(request);
    const place = placeOf(request);
    sendRest(
      reply,
      looksUp ? await this.desk.lookUp(caller, body, place) : await this.desk.create(caller, body, place),
    );
  }

  @Get(':id')
  @RestOperation({
    id: 'showUser',
    summary: 'One user; everybody may see themselves',
    session: 'required',
    path: { id: ID },
    query: PLACE,
    answer: USER,
    codes: [1403, 1404],
  })
  async show(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const user = await this.desk.show(callerOf(request), idOf(request), placeOf(request));
    sendRest(reply, shown(user, readListQuery(request)));
  }

  @Patch(':id')
  @RestOperation({
    id: 'changeUser',
    summary: 'Change a user, for administrators; everybody may change the own time zone',
    description: '`pwd` is for the passwords of others; the own one takes the old one, see `askForPasswordReset`.',
    session: 'required',
    path: { id: ID },
    query: PLACE,
    body: { type: 'object', properties: PROPERTIES },
    answer: USER,
    codes: [1400, 1403, 1404, 1415, 1501],
  })
  async change(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const caller = callerOf(request);
    const body = await readObject(request, caller.session.kind === 'cookie');
    sendRest(reply, await this.desk.change(caller, idOf(request), body, placeOf(request)));
  }

  @Delete(':id')
  @RestOperation({
    id: 'removeUser',
    summary: 'Remove a user for good, for administrators',
    session: 'required',
    path: { id: ID },
    query: PLACE,
    answer: DONE_SCHEMA,
    codes: [1403, 1404],
  })
  async remove(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.desk.remove(callerOf(request), idOf(request), placeOf(request));
    sendRest(reply, done('User removed'));
  }
}

/** Whether a POST stands for the verb `LOOKUP`. @throws RestRefusal 405/1405 when it stands for any other, e.g. `SYNC` */
function isLookUp(request: FastifyRequest): boolean {
  const verb = String(request.headers['x-http-method-override'] ?? 'POST').toUpperCase();
  if (verb !== 'POST' && verb !== LOOKUP) throw RestRefusal.verb(['GET', 'HEAD', 'POST', LOOKUP]);
  return verb === LOOKUP;
}

function idOf(request: FastifyRequest): string {
  return (request.params as { readonly id?: string }).id ?? '';
}

function placeOf(request: FastifyRequest): UserPlace {
  return { domain: queryValue(request, 'domain') };
}
