import { Global, Module } from '@nestjs/common';
import { SessionsModule } from '../../sessions/sessions.module.js';
import { OAuthGate } from '../../surfaces/oauth1/oauth-caller.js';
import { TokensModule } from '../../tokens/tokens.module.js';
import { AccessTokens } from './access-tokens.js';
import { CallFailures } from './call-failures.js';
import { ConfiguredOAuthGate } from './configured-oauth-gate.js';
import { ConsumerCalls } from './consumer-calls.js';
import { ConsumerSecrets } from './consumer-secrets.js';
import { Grants } from './grants.js';
import { Nonces } from './nonces.js';
import { OAuthController } from './oauth.controller.js';
import { OAuthHousekeeping } from './oauth-housekeeping.js';
import { OAuthTokenRepository } from './oauth-token.repository.js';
import { AuthoriseDoor } from './pages/authorise-door.js';
import { AuthorisePages } from './pages/authorise.pages.js';
import { RequestTokens } from './request-tokens.js';
import { TokenExchange } from './token-exchange.js';
import { TokenHolders } from './token-holders.js';
import { TokenIssue } from './token-issue.js';
import { Transport } from './transport.js';
import { XAuth } from './x-auth.js';

/** The OAuth 1.0a provider. Global, because the surface asks for the gate. */
@Global()
@Module({
  imports: [SessionsModule, TokensModule],
  controllers: [AuthorisePages, OAuthController],
  providers: [
    { provide: OAuthGate, useClass: ConfiguredOAuthGate },
    AccessTokens,
    AuthoriseDoor,
    CallFailures,
    ConsumerCalls,
    ConsumerSecrets,
    Grants,
    Nonces,
    OAuthHousekeeping,
    OAuthTokenRepository,
    RequestTokens,
    TokenExchange,
    TokenHolders,
    TokenIssue,
    Transport,
    XAuth,
  ],
  exports: [OAuthGate, TokenIssue],
})
export class OAuthModule {}
