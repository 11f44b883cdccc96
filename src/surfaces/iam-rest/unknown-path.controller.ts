import { All, Controller, Req, UseFilters } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Public } from '../../core/web/access.js';
import { RestFilter } from './rest.filter.js';
import { RestRefusal } from './rest-refusal.js';
import { REST_ROOT, RestRoutes } from './rest-routes.js';

/** What no other route below `/rest/` takes: a verb that the path does not have, or a path that nobody has. */
@ApiExcludeController()
@Controller(REST_ROOT)
@Public('refuses whatever comes')
@UseFilters(RestFilter)
export class UnknownPathController {
  constructor(private readonly routes: RestRoutes) {}

  /** @throws RestRefusal 405/1405 with `Allow`, 404/1404 */
  @All('*')
  refuse(@Req() request: FastifyRequest): never {
    const allow = this.routes.verbs(request.url.split('?')[0] ?? '');
    throw allow.length > 0 ? RestRefusal.verb(allow) : RestRefusal.notFound('path');
  }
}
