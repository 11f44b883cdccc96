import { Controller, Get, Post, Req, Res, UseFilters } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Configuration } from '../core/domains/configuration.js';
import { pageSessionIdleMinutes } from '../core/requests/request-settings.js';
import { Public } from '../core/web/access.js';
import { landingPage } from '../core/web/links/landing-page.js';
import { LinkDoor } from '../core/web/links/link-door.js';
import { PageExceptionFilter } from '../core/web/page-errors.js';
import type { Page } from '../core/web/page/page.js';
import type { Visit } from '../core/web/visit.js';
import { PASSWORD_PATH, PASSWORD_RESET_SITE } from './pages/site.js';
import { PASSWORD_RESET_TEXTS } from './pages/texts/password-reset-texts.js';
import { PasswordResetPages } from './password-reset-pages.js';

/** Where a password reset link leads: looking at it changes nothing, pressing its button consumes it. */
@ApiExcludeController()
@Controller(PASSWORD_RESET_SITE.path)
@Public('the secret in the link decides')
@UseFilters(PageExceptionFilter)
export class PasswordResetLinkPages {
  constructor(
    private readonly door: LinkDoor,
    private readonly reset: PasswordResetPages,
    private readonly configuration: Configuration,
  ) {}

  /** Also answers HEAD. */
  @Get()
  async look(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.door.look(request, reply, PASSWORD_RESET_SITE, (link, visit) => this.landing(link, visit));
  }

  @Post()
  async open(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.door.open(request, reply, PASSWORD_RESET_SITE, PASSWORD_PATH, (link, client) =>
      this.reset.open(link, client),
    );
  }

  private async landing(link: string, visit: Visit): Promise<Page | undefined> {
    const landing = await this.reset.landing(link);
    if (!landing) return undefined;
    const { service, landing: texts } = PASSWORD_RESET_TEXTS[visit.language];
    return landingPage({
      site: PASSWORD_RESET_SITE,
      visit,
      landing,
      link,
      idleMinutes: (await this.configuration.snapshot()).setting(pageSessionIdleMinutes),
      texts: { service, title: texts.title, lead: texts.lead(landing.domainName) },
    });
  }
}
