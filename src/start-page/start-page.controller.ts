import { Controller, Get, NotFoundException, Req, Res, UseFilters } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Environment } from '../core/config/environment.js';
import { Configuration } from '../core/domains/configuration.js';
import { Public } from '../core/web/access.js';
import { PageExceptionFilter } from '../core/web/page-errors.js';
import { Pages } from '../core/web/pages.js';
import { startPage } from './start-page.js';

/** The start page of the embedded mode. In real mode there is nothing at `/`, like at any other unknown address. */
@ApiExcludeController()
@Controller()
@Public('says what the embedded mode is; a real server answers that there is no such page')
@UseFilters(PageExceptionFilter)
export class StartPageController {
  constructor(
    private readonly environment: Environment,
    private readonly configuration: Configuration,
    private readonly pages: Pages,
  ) {}

  @Get()
  async show(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { embedded, port } = this.environment;
    if (!embedded) throw new NotFoundException();
    const visit = await this.pages.visit(request);
    const { publicUrl } = await this.configuration.snapshot();
    this.pages.send(reply, visit, startPage(visit, publicUrl ?? `http://127.0.0.1:${port}`));
  }
}
