import { Controller, Get, Req, Res, UseFilters } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Guarded } from '../../core/web/access.js';
import { sendJson } from '../../surfaces/oauth1/api-answer.js';
import { ApiCall } from '../../surfaces/oauth1/api-operation.js';
import { atBothBases } from '../../surfaces/oauth1/api-paths.js';
import { ApiFilter } from '../../surfaces/oauth1/api.filter.js';
import { OAuthGuard, oauthCallerOf } from '../../surfaces/oauth1/oauth.guard.js';
import { UserCallsGuard } from './user-calls.guard.js';
import { UserDesk } from './user-desk.js';
import { LIST_GROUPS, LIST_USERS } from './users.openapi.js';
import { readUserQuery } from './user-query.js';

/** `/api/domains` (user-requests section 8). */
@Controller(atBothBases('api/domains'))
@Guarded(OAuthGuard, UserCallsGuard)
@UseFilters(ApiFilter)
export class DomainUsersController {
  constructor(private readonly desk: UserDesk) {}

  @Get(':domain_id/users')
  @ApiCall(LIST_USERS)
  async users(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const users = await this.desk.list(oauthCallerOf(request), domainOf(request), readUserQuery(request));
    sendJson(reply, { users });
  }

  @Get(':domain_id/userGroups')
  @ApiCall(LIST_GROUPS)
  async groups(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const groups = await this.desk.listGroups(oauthCallerOf(request), domainOf(request));
    sendJson(reply, {
      userGroups: groups.map(({ key, name, description }) => ({ id: key, name, description: description ?? null })),
    });
  }
}

function domainOf(request: FastifyRequest): string {
  return (request.params as { readonly domain_id?: string }).domain_id ?? '';
}
