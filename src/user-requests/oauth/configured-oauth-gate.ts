import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Administrators } from '../../core/administrators/administrators.js';
import type { FormParameters } from '../../surfaces/oauth1/form-parameters.js';
import { InProcessCallers } from '../../surfaces/oauth1/in-process-callers.js';
import type { OAuthCaller, OAuthGate } from '../../surfaces/oauth1/oauth-caller.js';
import { OAuthProblem } from '../../surfaces/oauth1/oauth-problem.js';
import { AccessTokens } from './access-tokens.js';
import { ConsumerCalls } from './consumer-calls.js';

/** Lets consumers of the configuration in who show an access token of theirs. */
@Injectable()
export class ConfiguredOAuthGate implements OAuthGate {
  constructor(
    private readonly calls: ConsumerCalls,
    private readonly tokens: AccessTokens,
    private readonly administrators: Administrators,
    private readonly inProcess: InProcessCallers,
  ) {}

  /** As `OAuthGate.caller`: `missing_token`, `invalid_token`, `token_expired`, and what {@link ConsumerCalls} says. */
  async caller(request: FastifyRequest, body: FormParameters): Promise<OAuthCaller | 'anonymous'> {
    const own = this.inProcess.take(request);
    if (own) return this.ofServer(own);
    const call = await this.calls.read(request, body);
    if (!call) return 'anonymous';
    const shown = call.oauth.get('oauth_token') ?? '';
    if (shown === '') throw new OAuthProblem('missing_token');
    const { consumer, client } = call;
    const token = await this.tokens.shown(consumer, shown);
    if (!token) return this.calls.fail(call, new OAuthProblem('invalid_token'));
    const signed = await this.calls.prove(call, token);
    const found = await token.holder();
    const role = await this.administrators.roleOf(found);
    return { consumer, found, role, signed, tokenId: token.id, client };
  }

  /** A call that the server makes of itself is as good as signed by whom it is made for. */
  private async ofServer({
    found,
    client,
    tokenId,
  }: NonNullable<ReturnType<InProcessCallers['take']>>): Promise<OAuthCaller> {
    const role = await this.administrators.roleOf(found);
    return { consumer: { key: 'latchkey', domain: found.domain }, found, role, signed: true, tokenId, client };
  }
}
