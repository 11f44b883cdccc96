import { Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { AgentGuard } from './agent.guard.js';
import { AgentStrategy } from './agent.strategy.js';
import { AuthDispatcher } from './auth-dispatcher.js';
import { AuthEnvelopeController } from './auth-envelope.controller.js';
import { AuthEnvelopeFilter } from './auth-envelope.filter.js';
import { AuthExit } from './auth-exit.js';
import { AuthMethodRegistry } from './auth-method-registry.js';
import { CalledMethodGuard } from './called-method.guard.js';

/**
 * The surface of the authentication methods without business: features add methods with `@AuthMethod`, which are found by
 * themselves. Needs an `AgentGate`, which the feature that knows agents provides for all modules, and
 * `leaveBodiesToRoutes`.
 */
@Module({
  imports: [DiscoveryModule],
  controllers: [AuthEnvelopeController],
  providers: [
    AgentStrategy,
    AgentGuard,
    CalledMethodGuard,
    AuthEnvelopeFilter,
    AuthExit,
    AuthDispatcher,
    AuthMethodRegistry,
  ],
  exports: [AuthMethodRegistry],
})
export class AuthEnvelopeModule {}
