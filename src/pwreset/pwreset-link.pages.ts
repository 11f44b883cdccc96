import { Controller, Get, Post, Req, Res, UseFilters } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Configuration } from '../core/domains/configuration.js';
import { DomainError } from '../core/errors/domain-error.js';
import { pageSessionIdleMinutes } from '../core/requests/request-settings.js';
import { Throttle, type ThrottleRule } from '../core/throttle/throttle.js';
import { Public } from '../core/web/access.js';
import { addressBucket } from '../core/web/client-address.js';
import { type Client, Clients } from '../core/web/clients.js';
import { readForm } from '../core/web/form-fields.js';
import { setCookie } from '../core/web/page-cookies.js';
import { PageExceptionFilter } from '../core/web/page-errors.js';
import { Pages } from '../core/web/pages.js';
import { queryValue, startedElsewhere } from '../core/web/visit.js';
import { deadLinkPage } from './pages/closing-pages.js';
import { SESSION_COOKIE } from './pages/cookies.js';
import { landingPage } from './pages/landing-page.js';
import { LANDING_PATH, LINK_FIELD, PASSWORD_PATH } from './pages/paths.js';
import { retryPage } from './pages/retry-page.js';
import { PasswordResetPages } from './password-reset-pages.js';

/** Manager JSON-RPC, section 13. */
const LANDING_RULE: ThrottleRule = { name: 'pwreset-landing', limit: 30, window: 60 };

/** Where a password reset link leads: looking at it changes nothing, pressing its button consumes it. */
@ApiExcludeController()
@Controller(LANDING_PATH)
@Public('the secret in the link decides')
@UseFilters(PageExceptionFilter)
export class PasswordResetLinkPages {
  constructor(
    private readonly reset: PasswordResetPages,
    private readonly pages: Pages,
    private readonly clients: Clients,
    private readonly throttle: Throttle,
    private readonly configuration: Configuration,
  ) {}

  /** Also answers HEAD. A link that is missing or malformed goes the way of an unknown one. */
  @Get()
  async look(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const visit = await this.pages.visit(request);
    await this.count(this.clients.of(request));
    const link = queryValue(request, LINK_FIELD) ?? '';
    const landing = await this.reset.landing(link);
    const idleMinutes = (await this.configuration.snapshot()).setting(pageSessionIdleMinutes);
    const page = landing ? landingPage({ visit, landing, link, idleMinutes }) : deadLinkPage(visit.language);
    this.pages.send(reply, visit, page);
  }

  @Post()
  async open(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const visit = await this.pages.visit(request);
    if (startedElsewhere(request)) throw new DomainError('form-not-valid', { detail: 'sent by another site' });
    const link = (await readForm(request)).text(LINK_FIELD);
    const client = this.clients.of(request);
    try {
      await this.count(client);
      const session = await this.reset.open(link, client);
      if (session === undefined) return this.pages.send(reply, visit, deadLinkPage(visit.language));
      setCookie(reply, visit, SESSION_COOKIE, session);
      this.pages.redirect(reply, visit, PASSWORD_PATH);
    } catch (error) {
      if (!DomainError.is(error) || error.category !== 'unavailable') throw error;
      this.pages.send(reply, visit, retryPage(visit, link, error.code));
    }
  }

  /** @throws DomainError `too-many-attempts` with `retryAfter` seconds */
  private async count({ address }: Client): Promise<void> {
    const { allowed, retryAfter } = await this.throttle.hit(LANDING_RULE, addressBucket(address));
    if (!allowed) throw new DomainError('too-many-attempts', { params: { retryAfter } });
  }
}
