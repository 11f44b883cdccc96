import { Injectable } from '@nestjs/common';
import { Clock } from '../../core/time/clock.js';
import { OAuthProblem } from '../../surfaces/oauth1/oauth-problem.js';
import { type ConsumerCall, ConsumerCalls } from './consumer-calls.js';
import type { IssuedToken } from './issued-token.js';
import { OAuthTokenRepository } from './oauth-token.repository.js';
import { RequestTokens } from './request-tokens.js';
import { TokenIssue } from './token-issue.js';

/** Exchanges request tokens that were granted for access tokens (RFC 5849 section 2.3). */
@Injectable()
export class TokenExchange {
  constructor(
    private readonly calls: ConsumerCalls,
    private readonly requestTokens: RequestTokens,
    private readonly repository: OAuthTokenRepository,
    private readonly issue: TokenIssue,
    private readonly clock: Clock,
  ) {}

  /**
   * The access token for the request token that a call shows; of any number of calls one gets it.
   *
   * @throws OAuthProblem `missing_token`, `invalid_token`, `token_expired`, `unauthorized_token`, `verifier_invalid`, and
   *   as `ConsumerCalls.prove`
   */
  async exchange(call: ConsumerCall): Promise<IssuedToken> {
    const text = call.oauth.get('oauth_token') ?? '';
    if (text === '') throw new OAuthProblem('missing_token');
    const shown = await this.requestTokens.shown(text);
    if (shown?.consumer.key !== call.consumer.key) {
      return this.calls.fail(call, new OAuthProblem('invalid_token'));
    }
    await this.calls.prove(call, shown);
    const holder = this.requestTokens.requireGranted(shown, call.oauth.get('oauth_verifier'));
    const issued = await this.issue.issue(
      {
        consumer: call.consumer,
        holder,
        origin: 'granted',
        actor: `consumer ${call.consumer.key}`,
        client: call.client,
      },
      (tx) => this.repository.exchange(tx, shown.id, this.clock.now()),
    );
    if (!issued) throw new OAuthProblem('invalid_token');
    return issued;
  }
}
