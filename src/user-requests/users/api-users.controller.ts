import { Controller, Get, Post, Req, Res, UseFilters } from '@nestjs/common';
import { ApiExcludeEndpoint } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Guarded } from '../../core/web/access.js';
import { sendJson, sendText } from '../../surfaces/oauth1/api-answer.js';
import { ApiCall } from '../../surfaces/oauth1/api-operation.js';
import { atBothBases } from '../../surfaces/oauth1/api-paths.js';
import { ApiRefusal } from '../../surfaces/oauth1/api-refusal.js';
import { ApiFilter } from '../../surfaces/oauth1/api.filter.js';
import { formOf } from '../../surfaces/oauth1/form-parameters.js';
import { OAuthGuard, oauthCallerOf } from '../../surfaces/oauth1/oauth.guard.js';
import { UserCallsGuard } from './user-calls.guard.js';
import { UserDesk } from './user-desk.js';
import { sendImage } from './send-image.js';
import {
  CHANGE_USER,
  CREATE_USER,
  SET_STATUS,
  SHOW_IMAGE,
  SHOW_STATUS,
  SHOW_USER,
  SHOW_USER_BY_NAME,
} from './users.openapi.js';
import { excludedOf, oneOf } from './user-query.js';
import type { NamedUser } from './user-targets.js';

/** `/api/users` (user-requests section 8). */
@Controller(atBothBases('api/users'))
@Guarded(OAuthGuard, UserCallsGuard)
@UseFilters(ApiFilter)
export class ApiUsersController {
  constructor(private readonly desk: UserDesk) {}

  @Post('create')
  @ApiCall(CREATE_USER)
  async create(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    sendText(reply, await this.desk.create(oauthCallerOf(request), await formOf(request)));
  }

  /** Not the user whose id is `create`. @throws ApiRefusal 405 */
  @Get('create')
  @ApiExcludeEndpoint()
  refuseVerb(): never {
    throw ApiRefusal.verb(['POST']);
  }

  @Get('username/:username')
  @ApiCall(SHOW_USER_BY_NAME)
  async showByName(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    sendJson(reply, await this.desk.show(oauthCallerOf(request), named(request, 'username'), excludedOf(request)));
  }

  @Get(':id')
  @ApiCall(SHOW_USER)
  async show(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    sendJson(reply, await this.desk.show(oauthCallerOf(request), named(request, 'id'), excludedOf(request)));
  }

  @Post(':id')
  @ApiCall(CHANGE_USER)
  async change(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.desk.change(oauthCallerOf(request), named(request, 'id'), await formOf(request));
    sendText(reply, '');
  }

  @Get(':id/status')
  @ApiCall(SHOW_STATUS)
  async status(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    sendText(reply, await this.desk.status(oauthCallerOf(request), named(request, 'id')));
  }

  @Post(':id/status')
  @ApiCall(SET_STATUS)
  async setStatus(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.desk.setStatus(oauthCallerOf(request), named(request, 'id'), await formOf(request));
    sendText(reply, '');
  }

  @Get(':id/image')
  @ApiCall(SHOW_IMAGE)
  async image(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    sendImage(reply, await this.desk.image(oauthCallerOf(request), named(request, 'id')));
  }
}

/** @throws ApiRefusal 400 for a `domain_id` given several times */
function named(request: FastifyRequest, by: NamedUser['by']): NamedUser {
  const parameters = request.params as { readonly [Name in NamedUser['by']]?: string };
  return { by, value: parameters[by] ?? '', domain: oneOf(request, 'domain_id') };
}
