import { Controller, Get, Post, Req, Res, UseFilters } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Public } from '../core/web/access.js';
import { Clients } from '../core/web/clients.js';
import { LinkSessions } from '../core/web/links/link-sessions.js';
import { PageExceptionFilter } from '../core/web/page-errors.js';
import { Pages } from '../core/web/pages.js';
import { queryValue } from '../core/web/visit.js';
import { EnrolmentSessions } from './enrolling/enrolment-sessions.js';
import { type EnrolmentOutcome, outcomeOf } from './enrolling/item-desk.js';
import { choicePage } from './pages/choice-page.js';
import { donePage } from './pages/done-page.js';
import { endedPage } from './pages/ended-page.js';
import { ENROLMENT_SITE as SITE, FINISH_PATH, itemPath, LOGIN_PATH } from './pages/site.js';

/** What can be enrolled, and the end of it (manager-json-rpc section 10.1, steps 3 and 5). */
@ApiExcludeController()
@Controller(SITE.path)
@Public('the page session in the cookie decides; a form also needs its CSRF value')
@UseFilters(PageExceptionFilter)
export class EnrolmentChoicePages {
  constructor(
    private readonly sessions: EnrolmentSessions,
    private readonly links: LinkSessions,
    private readonly pages: Pages,
    private readonly clients: Clients,
  ) {}

  /** Leads straight on where there is nothing to choose. */
  @Get('choose')
  async choose(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const visit = await this.pages.visit(request);
    const secret = this.links.secretOf(request, SITE);
    const session = secret === undefined ? undefined : await this.sessions.resume(secret);
    if (secret === undefined || !session) return this.links.end(reply, visit, SITE, endedPage(visit));
    if (session.opened.owed.length > 0) return this.pages.redirect(reply, visit, LOGIN_PATH);
    const [only, ...others] = session.offers;
    if (session.scope.item !== undefined && only && others.length === 0) {
      return this.pages.redirect(reply, visit, itemPath(only.choice));
    }
    const csrf = this.links.csrfValue(secret, FINISH_PATH);
    this.pages.send(reply, visit, choicePage({ visit, session, csrf, stored: queryValue(request, 'stored') }));
  }

  @Post('finish')
  async finish(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const visit = await this.pages.visit(request);
    const secret = this.links.secretOf(request, SITE);
    const session = secret === undefined ? undefined : await this.sessions.resume(secret);
    if (secret === undefined || !session) return this.links.end(reply, visit, SITE, endedPage(visit));
    await this.links.ownForm(request, secret, FINISH_PATH);
    if (session.opened.owed.length > 0) return this.pages.redirect(reply, visit, LOGIN_PATH);
    await this.sessions.finish(session, this.clients.of(request));
    this.links.finish(reply, visit, SITE, outcomeOf(session, ''));
  }

  @Get('done')
  async done(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const visit = await this.pages.visit(request);
    const outcome = this.links.outcome(request, SITE) as EnrolmentOutcome | undefined;
    this.pages.send(reply, visit, outcome ? donePage(visit.language, outcome) : endedPage(visit));
  }
}
