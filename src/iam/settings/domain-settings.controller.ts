import { Controller, Get, Patch, Req, Res, UseFilters } from '@nestjs/common';
import type { SchemaObject } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { AdministratorCaller } from '../../core/administrators/administrator-caller.js';
import type { Domain } from '../../core/domains/domain.entity.js';
import { Guarded } from '../../core/web/access.js';
import { queryValue } from '../../core/web/visit.js';
import { PeopleReach } from '../../people/people-reach.js';
import { readListQuery } from '../../surfaces/iam-rest/list-query.js';
import { listOf } from '../../surfaces/iam-rest/list-rows.js';
import { sendRest } from '../../surfaces/iam-rest/rest-answer.js';
import { readObject } from '../../surfaces/iam-rest/rest-body.js';
import { RestFilter } from '../../surfaces/iam-rest/rest.filter.js';
import { RestOperation } from '../../surfaces/iam-rest/rest-operation.js';
import { RestRefusal } from '../../surfaces/iam-rest/rest-refusal.js';
import { BanGuard } from '../sessions/ban.guard.js';
import { IamAdministrators } from '../sessions/iam-administrators.js';
import type { IamCaller } from '../sessions/iam-caller.js';
import { callerOf, IamSessionGuard } from '../sessions/iam-session.guard.js';
import { DomainSettings } from './domain-settings.js';

const SETTING: SchemaObject = {
  type: 'object',
  required: ['key', 'value'],
  properties: { key: { type: 'string' }, value: { description: 'As the reference of settings says.' } },
};
const KEY = { key: 'The name of a setting.' };
const PLACE = { domain: 'For global administrators: the domain meant; the own one when absent.' };

/** `/rest/v1/domain/settings` (iam-rest section 7). */
@Controller('rest/v1/domain/settings')
@Guarded(BanGuard, IamSessionGuard)
@UseFilters(RestFilter)
export class DomainSettingsController {
  constructor(
    private readonly settings: DomainSettings,
    private readonly administrators: IamAdministrators,
    private readonly reach: PeopleReach,
  ) {}

  @Get()
  @RestOperation({
    id: 'listSettings',
    summary: 'Settings of the domain, for administrators; those of the server too for global ones',
    session: 'required',
    list: true,
    query: PLACE,
    answer: { type: 'array', items: SETTING },
    codes: [1403, 1501],
  })
  async list(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { by, domain } = await this.place(callerOf(request), request);
    const all = await this.settings.list(by, domain);
    sendRest(reply, listOf(all, readListQuery(request)));
  }

  @Get(':key')
  @RestOperation({
    id: 'showSetting',
    summary: 'One setting',
    path: KEY,
    session: 'required',
    query: PLACE,
    answer: SETTING,
    codes: [1403, 1404],
  })
  async show(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { by, domain } = await this.place(callerOf(request), request);
    const setting = await this.settings.show(by, domain, keyOf(request));
    if (!setting) throw RestRefusal.notFound('setting');
    sendRest(reply, setting);
  }

  @Patch(':key')
  @RestOperation({
    id: 'changeSetting',
    summary: 'Change a setting; null takes the value away',
    path: KEY,
    description: '`latchkey apply` with a configuration file that gives the setting sets it again.',
    session: 'required',
    query: PLACE,
    body: { type: 'object', required: ['value'], properties: { value: {} } },
    answer: SETTING,
    codes: [1400, 1403, 1404, 1415, 1501],
  })
  async change(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const caller = callerOf(request);
    const { by, domain } = await this.place(caller, request);
    const key = keyOf(request);
    if (!(await this.settings.show(by, domain, key))) throw RestRefusal.notFound('setting');
    const body = await readObject(request, caller.session.kind === 'cookie');
    if (Object.hasOwn(body, 'key') && body['key'] !== key) throw RestRefusal.field('key', 'key cannot be changed');
    if (!Object.hasOwn(body, 'value')) throw RestRefusal.field('value', 'value is required');
    sendRest(reply, await this.settings.change(by, domain, key, body['value']));
  }

  private async place(
    caller: IamCaller,
    request: FastifyRequest,
  ): Promise<{ by: AdministratorCaller; domain: Domain }> {
    const by = await this.administrators.require(caller, 'change-people');
    return { by, domain: await this.reach.domain(by, queryValue(request, 'domain')) };
  }
}

function keyOf(request: FastifyRequest): string {
  return (request.params as { readonly key?: string }).key ?? '';
}
