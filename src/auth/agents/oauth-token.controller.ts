import { All, Controller, Req, Res, UseFilters } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Guarded } from '../../core/web/access.js';
import { AgentTokens } from './agent-tokens.js';
import { OAuthClientGuard } from './oauth-client.guard.js';
import { OAuthTokenFilter } from './oauth-token.filter.js';
import { sendTokenAnswer } from './token-answer.js';

/** The token endpoint for agents: OAuth 2.0 client credentials (RFC 6749, section 4.4). */
@ApiExcludeController()
@Controller()
@Guarded(OAuthClientGuard)
@UseFilters(OAuthTokenFilter)
export class OAuthTokenController {
  constructor(private readonly tokens: AgentTokens) {}

  @All(['auth/oauth/token', 'das5/rest/oauth/token'])
  async issue(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { oauthClient } = request;
    if (!oauthClient) throw new Error('no client behind the guard');
    const { agent, snapshot, client } = oauthClient;
    const { token, lifetime } = await this.tokens.issue(snapshot, agent, client);
    sendTokenAnswer(reply, 200, { access_token: token, token_type: 'Bearer', expires_in: lifetime });
  }
}
