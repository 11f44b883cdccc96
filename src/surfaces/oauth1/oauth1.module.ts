import { Global, Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { RouteVerbs } from '../../core/web/route-verbs.js';
import { ApiExit } from './api-exit.js';
import { ApiFilter } from './api.filter.js';
import { InProcessCallers } from './in-process-callers.js';
import { OAuthGuard } from './oauth.guard.js';
import { UnknownApiPathController } from './unknown-api-path.controller.js';

/**
 * The OAuth 1.0a surface without business: features add controllers with `@UseFilters(ApiFilter)` whose routes are
 * `@Guarded(OAuthGuard)`. Needs an `OAuthGate`, which the feature that knows consumers and tokens provides for all
 * modules, and `leaveBodiesToRoutes`.
 */
@Global()
@Module({
  imports: [DiscoveryModule],
  controllers: [UnknownApiPathController],
  providers: [ApiExit, ApiFilter, InProcessCallers, OAuthGuard, RouteVerbs],
  exports: [ApiExit, ApiFilter, InProcessCallers, OAuthGuard],
})
export class OAuth1Module {}
