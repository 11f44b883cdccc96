import { Controller, Get, Post, Req, Res, UseFilters } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Configuration } from '../core/domains/configuration.js';
import { pageSessionIdleMinutes } from '../core/requests/request-settings.js';
import { RequestSessions } from '../core/requests/request-sessions.js';
import { Public } from '../core/web/access.js';
import { landingPage } from '../core/web/links/landing-page.js';
import { LinkDoor } from '../core/web/links/link-door.js';
import { PageExceptionFilter } from '../core/web/page-errors.js';
import { Fact } from '../core/web/page/facts.js';
import type { Page } from '../core/web/page/page.js';
import type { Visit } from '../core/web/visit.js';
import { itemName } from '../delivery/templates/item-names.js';
import { enrolmentFlow } from './enrolment-flow.js';
import { CHOICE_PATH, ENROLMENT_SITE as SITE } from './pages/site.js';
import { ENROLMENT_TEXTS } from './pages/texts/enrolment-texts.js';

/** Where an enrolment link leads: looking at it changes nothing, pressing its button consumes it. */
@ApiExcludeController()
@Controller(SITE.path)
@Public('the secret in the link decides')
@UseFilters(PageExceptionFilter)
export class EnrolmentLinkPages {
  constructor(
    private readonly door: LinkDoor,
    private readonly sessions: RequestSessions,
    private readonly configuration: Configuration,
  ) {}

  /** Also answers HEAD. */
  @Get()
  async look(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.door.look(request, reply, SITE, (link, visit) => this.landing(link, visit));
  }

  @Post()
  async open(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.door.open(request, reply, SITE, CHOICE_PATH, (link, client) =>
      this.sessions.open(enrolmentFlow, link, client),
    );
  }

  private async landing(link: string, visit: Visit): Promise<Page | undefined> {
    const held = await this.sessions.look(enrolmentFlow, link);
    if (!held) return undefined;
    const { request, found } = held;
    const { service, landing: texts } = ENROLMENT_TEXTS[visit.language];
    const { item } = request.payload;
    return landingPage({
      site: SITE,
      visit,
      landing: {
        displayName: found.person.displayName,
        domainName: found.domain.name,
        requestedBy: request.createdBy,
        comments: request.comments ?? undefined,
        expiresAt: request.expiresAt,
      },
      link,
      idleMinutes: (await this.configuration.snapshot()).setting(pageSessionIdleMinutes),
      texts: { service, title: texts.title, lead: texts.lead(found.domain.name) },
      facts: typeof item === 'string' && <Fact name={texts.item}>{itemName(item, visit.language)}</Fact>,
    });
  }
}
