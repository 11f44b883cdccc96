import { Controller, Param, Post, Req, Res, UseFilters } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Guarded } from '../../core/web/access.js';
import { sendText } from '../../surfaces/oauth1/api-answer.js';
import { ApiCall } from '../../surfaces/oauth1/api-operation.js';
import { atBothBases } from '../../surfaces/oauth1/api-paths.js';
import { ApiRefusal } from '../../surfaces/oauth1/api-refusal.js';
import { ApiFilter } from '../../surfaces/oauth1/api.filter.js';
import { type FormParameters, formOf } from '../../surfaces/oauth1/form-parameters.js';
import { oauthCallerOf, OAuthGuard } from '../../surfaces/oauth1/oauth.guard.js';
import { USER_ACCESS_TOKEN_CALL } from './oauth.openapi.js';
import { UserAccessTokens } from './user-access-tokens.js';

const LONGEST_VALIDITY = 315_360_000;
const SECONDS = /^[0-9]{1,9}$/;

/** Access tokens that administrators ask for in somebody's place (user-requests section 2, *token for somebody*). */
@Controller(atBothBases('api/users'))
@Guarded(OAuthGuard)
@UseFilters(ApiFilter)
export class UserAccessTokenController {
  constructor(private readonly tokens: UserAccessTokens) {}

  @Post(':username/accessToken')
  @ApiCall(USER_ACCESS_TOKEN_CALL)
  async create(
    @Param('username') username: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const form = await formOf(request);
    const named = { username, domain: domainOf(form), validity: validityOf(form) };
    const { token, secret } = await this.tokens.create(oauthCallerOf(request), named);
    sendText(reply, `${token};${secret}`);
  }
}

function domainOf(form: FormParameters): string | undefined {
  const named = [form.optional('domain_id'), form.optional('domainId')].filter((value) => value !== undefined);
  if (named.length > 1) throw ApiRefusal.parameter('domain_id', 'given several times');
  return named[0] === '' ? undefined : named[0];
}

function validityOf(form: FormParameters): number | undefined {
  const text = form.optional('validity');
  if (text === undefined || text === '') return undefined;
  const seconds = SECONDS.test(text) ? Number(text) : 0;
  if (seconds < 1 || seconds > LONGEST_VALIDITY) throw ApiRefusal.parameter('validity', 'out of range');
  return seconds;
}
