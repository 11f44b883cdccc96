import { Controller, Get, Req, Res, UseFilters } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Configuration } from '../../core/domains/configuration.js';
import { Public } from '../../core/web/access.js';
import { PageExceptionFilter } from '../../core/web/page-errors.js';
import { Pages } from '../../core/web/pages.js';
import { APP_ROOT } from '../links/app-root-link.js';
import { externalAuthorization } from '../recovery/recovery-settings.js';
import { DefaultsService } from '../root-app/defaults.service.js';
import { SessionCookie } from '../sessions/session-cookie.js';
import { appRootPage } from './app-root-page.js';

/**
 * The root web application (iam-rest section 8): one page, whose script shows the view that the fragment of the address
 * names. Whatever the fragment holds, no server sees it, and opening the page uses nothing up.
 */
@ApiExcludeController()
@Controller(APP_ROOT)
@Public('log-in, registration and recovery are for those who are not logged in')
@UseFilters(PageExceptionFilter)
export class AppRootPages {
  constructor(
    private readonly pages: Pages,
    private readonly defaults: DefaultsService,
    private readonly configuration: Configuration,
    private readonly cookie: SessionCookie,
  ) {}

  @Get()
  async show(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const visit = await this.pages.visit(request);
    const external = (await this.configuration.snapshot()).setting(externalAuthorization);
    // Never in a frame: another site could have somebody type a password, or press a button.
    const alone = { ...visit, inline: false, framedBy: [] };
    const page = appRootPage(alone, {
      ...(await this.defaults.defaults()),
      recovery: !external,
      session: (await this.cookie.read(request)) !== undefined,
    });
    this.pages.send(reply, alone, page);
  }
}
