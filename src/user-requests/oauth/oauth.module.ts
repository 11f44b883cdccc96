import { Global, Module } from '@nestjs/common';
import { SessionsModule } from '../../sessions/sessions.module.js';
import { OAuthGate } from '../../surfaces/oauth1/oauth-caller.js';
import { AccessTokens } from './access-tokens.js';
import { ConfiguredOAuthGate } from './configured-oauth-gate.js';
import { ConsumerCalls } from './consumer-calls.js';
import { ConsumerSecrets } from './consumer-secrets.js';
import { Nonces } from './nonces.js';
import { OAuthHousekeeping } from './oauth-housekeeping.js';
import { OAuthTokenRepository } from './oauth-token.repository.js';
import { TokenHolders } from './token-holders.js';
import { Transport } from './transport.js';

/** The OAuth 1.0a provider. Global, because the surface asks for the gate. */
@Global()
@Module({
  imports: [SessionsModule],
  providers: [
    { provide: OAuthGate, useClass: ConfiguredOAuthGate },
    AccessTokens,
    ConsumerCalls,
    ConsumerSecrets,
    Nonces,
    OAuthHousekeeping,
    OAuthTokenRepository,
    TokenHolders,
    Transport,
  ],
  exports: [OAuthGate],
})
export class OAuthModule {}
