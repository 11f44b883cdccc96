import { All, Controller, Req, UseFilters } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Public } from '../../core/web/access.js';
import { RouteVerbs } from '../../core/web/route-verbs.js';
import { atBothBases } from './api-paths.js';
import { ApiFilter } from './api.filter.js';
import { ApiRefusal } from './api-refusal.js';

/** What no other route below `/api` and `/oauth` takes: a verb that the path does not have, or a path that nobody has. */
@ApiExcludeController()
@Controller(atBothBases('api', 'oauth'))
@Public('refuses whatever comes')
@UseFilters(ApiFilter)
export class UnknownApiPathController {
  constructor(private readonly verbs: RouteVerbs) {}

  /** @throws ApiRefusal 405 with `Allow`, 404 */
  @All('*')
  refuse(@Req() request: FastifyRequest): never {
    const allow = this.verbs.of(request.url.split('?')[0] ?? '');
    throw allow.length > 0 ? ApiRefusal.verb(allow) : ApiRefusal.notFound('path');
  }
}
