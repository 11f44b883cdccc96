import { All, Controller, Req, UseFilters } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Public } from '../../core/web/access.js';
import { RouteVerbs } from '../../core/web/route-verbs.js';
import { RestFilter } from './rest.filter.js';
import { RestRefusal } from './rest-refusal.js';

/** What no other route below `/rest/` takes: a verb that the path does not have, or a path that nobody has. */
@ApiExcludeController()
@Controller('rest')
@Public('refuses whatever comes')
@UseFilters(RestFilter)
export class UnknownPathController {
  constructor(private readonly verbs: RouteVerbs) {}

  /** @throws RestRefusal 405/1405 with `Allow`, 404/1404 */
  @All('*')
  refuse(@Req() request: FastifyRequest): never {
    const allow = this.verbs.of(request.url.split('?')[0] ?? '');
    throw allow.length > 0 ? RestRefusal.verb(allow) : RestRefusal.notFound('path');
  }
}
