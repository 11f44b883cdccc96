import { Controller, Get, Post, Req, Res, UseFilters } from '@nestjs/common';
import { ApiExcludeEndpoint } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Throttle } from '../../core/throttle/throttle.js';
import type { ThrottleRule } from '../../core/throttle/throttle-rule.js';
import { Public } from '../../core/web/access.js';
import { addressBucket } from '../../core/web/client-address.js';
import { formEncoded, sendApi } from '../../surfaces/oauth1/api-answer.js';
import { ApiCall } from '../../surfaces/oauth1/api-operation.js';
import { atBothBases } from '../../surfaces/oauth1/api-paths.js';
import { ApiRefusal } from '../../surfaces/oauth1/api-refusal.js';
import { ApiFilter } from '../../surfaces/oauth1/api.filter.js';
import { formOf } from '../../surfaces/oauth1/form-parameters.js';
import { OAuthProblem } from '../../surfaces/oauth1/oauth-problem.js';
import { acceptedCallback } from './callbacks.js';
import { type ConsumerCall, ConsumerCalls } from './consumer-calls.js';
import type { IssuedToken } from './issued-token.js';
import { ACCESS_TOKEN_CALL, REQUEST_TOKEN_CALL } from './oauth.openapi.js';
import { RequestTokens } from './request-tokens.js';
import { TokenExchange } from './token-exchange.js';
import { XAuth } from './x-auth.js';

/** Request tokens of one address; each is a row for a day. */
const PER_ADDRESS: ThrottleRule = { name: 'oauth-request-tokens', limit: 60, window: 60 };

/** Request tokens and access tokens (user-requests section 2, steps 1 and 3, and xAuth). */
@Controller(atBothBases('oauth'))
@Public('consumers say who they are by their OAuth parameters, which the handlers hold to their proof')
@UseFilters(ApiFilter)
export class OAuthController {
  constructor(
    private readonly calls: ConsumerCalls,
    private readonly requestTokens: RequestTokens,
    private readonly tokenExchange: TokenExchange,
    private readonly xAuth: XAuth,
    private readonly throttle: Throttle,
  ) {}

  @Post('requestToken')
  @ApiCall(REQUEST_TOKEN_CALL)
  async requestToken(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const call = await this.callOf(request);
    await this.throttle.require(PER_ADDRESS, addressBucket(call.client.address));
    await this.calls.prove(call, undefined);
    const callback = acceptedCallback(call.snapshot, call.consumer, call.oauth.get('oauth_callback'));
    const issued = await this.requestTokens.issue(call.consumer, callback);
    // RFC 5849 section 2.1; the vendor's clients send no callback and get the two that they know.
    send(reply, issued, callback === undefined ? {} : { oauth_callback_confirmed: 'true' });
  }

  /** The vendor's C# sample asks with GET, here and for the access token. */
  @Get('requestToken')
  @ApiExcludeEndpoint()
  async requestTokenByGet(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    refuseHead(request);
    await this.requestToken(request, reply);
  }

  @Post('accessToken')
  @ApiCall(ACCESS_TOKEN_CALL)
  async accessToken(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const call = await this.callOf(request);
    const issued = this.xAuth.isAskedFor(call)
      ? await this.xAuth.exchange(call)
      : await this.tokenExchange.exchange(call);
    send(reply, issued);
  }

  @Get('accessToken')
  @ApiExcludeEndpoint()
  async accessTokenByGet(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    refuseHead(request);
    await this.accessToken(request, reply);
  }

  private async callOf(request: FastifyRequest): Promise<ConsumerCall> {
    const call = await this.calls.read(request, await formOf(request));
    if (!call) throw new OAuthProblem('missing_consumer');
    return call;
  }
}

/** Nobody who asks for headers only gets a token, or uses one up. */
function refuseHead({ method }: FastifyRequest): void {
  if (method === 'HEAD') throw ApiRefusal.verb(['GET', 'POST']);
}

function send(reply: FastifyReply, { token, secret }: IssuedToken, more: Readonly<Record<string, string>> = {}): void {
  const body = formEncoded({ oauth_token: token, oauth_token_secret: secret, ...more });
  sendApi(reply, { status: 200, type: 'form', body });
}
