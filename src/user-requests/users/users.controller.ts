import { Controller, Get, Post, Req, Res, UseFilters } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Guarded } from '../../core/web/access.js';
import { sendJson, sendText } from '../../surfaces/oauth1/api-answer.js';
import { atBothBases } from '../../surfaces/oauth1/api-paths.js';
import { ApiFilter } from '../../surfaces/oauth1/api.filter.js';
import { formOf } from '../../surfaces/oauth1/form-parameters.js';
import { OAuthGuard, oauthCallerOf } from '../../surfaces/oauth1/oauth.guard.js';
import { UserCallsGuard } from './user-calls.guard.js';
import { UserDesk } from './user-desk.js';
import { sendImage } from './send-image.js';
import { excludedOf, oneOf } from './user-query.js';
import type { NamedUser } from './user-targets.js';

/** `/api/users` (user-requests section 8). */
@Controller(atBothBases('api/users'))
@Guarded(OAuthGuard, UserCallsGuard)
@UseFilters(ApiFilter)
export class UsersController {
  constructor(private readonly desk: UserDesk) {}

  @Post('create')
  async create(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    sendText(reply, await this.desk.create(oauthCallerOf(request), await formOf(request)));
  }

  @Get('username/:username')
  async showByName(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    sendJson(reply, await this.desk.show(oauthCallerOf(request), named(request, 'username'), excludedOf(request)));
  }

  @Get(':id')
  async show(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    sendJson(reply, await this.desk.show(oauthCallerOf(request), named(request, 'id'), excludedOf(request)));
  }

  @Post(':id')
  async change(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.desk.change(oauthCallerOf(request), named(request, 'id'), await formOf(request));
    sendText(reply, '');
  }

  @Get(':id/status')
  async status(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    sendText(reply, await this.desk.status(oauthCallerOf(request), named(request, 'id')));
  }

  @Post(':id/status')
  async setStatus(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.desk.setStatus(oauthCallerOf(request), named(request, 'id'), await formOf(request));
    sendText(reply, '');
  }

  @Get(':id/image')
  async image(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    sendImage(reply, await this.desk.image(oauthCallerOf(request), named(request, 'id')));
  }
}

/** @throws ApiRefusal 400 for a `domain_id` given several times */
function named(request: FastifyRequest, by: NamedUser['by']): NamedUser {
  const parameters = request.params as { readonly [Name in NamedUser['by']]?: string };
  return { by, value: parameters[by] ?? '', domain: oneOf(request, 'domain_id') };
}
