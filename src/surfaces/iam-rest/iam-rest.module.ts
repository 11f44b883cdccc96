import { Global, Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { RouteVerbs } from '../../core/web/route-verbs.js';
import { RestExit } from './rest-exit.js';
import { RestFilter } from './rest.filter.js';
import { UnknownPathController } from './unknown-path.controller.js';

/**
 * The IAM REST surface without business: features add controllers below `/rest/` with `@UseFilters(RestFilter)`. Needs
 * `leaveBodiesToRoutes`, so that a handler reads its body with `readObject`.
 */
@Global()
@Module({
  imports: [DiscoveryModule],
  controllers: [UnknownPathController],
  providers: [RestExit, RestFilter, RouteVerbs],
  exports: [RestExit, RestFilter],
})
export class IamRestModule {}
