import { Global, Module } from '@nestjs/common';
import { AgentGate } from '../../surfaces/auth-envelope/auth-caller.js';
import { AgentCertificates } from './agent-certificates.js';
import { AgentRate } from './agent-rate.js';
import { AgentStanding } from './agent-standing.js';
import { AgentTokenHousekeeping } from './agent-token-housekeeping.js';
import { AgentTokenRepository } from './agent-token.repository.js';
import { AgentTokens } from './agent-tokens.js';
import { ClientAuthentication } from './client-authentication.js';
import { ConfiguredAgentGate } from './configured-agent-gate.js';
import { OAuthClientGuard } from './oauth-client.guard.js';
import { OAuthClientStrategy } from './oauth-client.strategy.js';
import { OAuthTokenController } from './oauth-token.controller.js';
import { OAuthTokenFilter } from './oauth-token.filter.js';

/** Agents of the configuration: who may call the authentication methods. Global, because the surface asks for the gate. */
@Global()
@Module({
  controllers: [OAuthTokenController],
  providers: [
    { provide: AgentGate, useClass: ConfiguredAgentGate },
    AgentCertificates,
    AgentRate,
    AgentStanding,
    AgentTokens,
    AgentTokenHousekeeping,
    AgentTokenRepository,
    ClientAuthentication,
    OAuthClientGuard,
    OAuthClientStrategy,
    OAuthTokenFilter,
  ],
  exports: [AgentGate, AgentStanding],
})
export class AgentsModule {}
