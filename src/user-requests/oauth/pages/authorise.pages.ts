import { Controller, Get, Param, Post, Req, Res, UseFilters } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Administrators } from '../../../core/administrators/administrators.js';
import { Configuration } from '../../../core/domains/configuration.js';
import { Public } from '../../../core/web/access.js';
import { LinkSessions } from '../../../core/web/links/link-sessions.js';
import { PageExceptionFilter } from '../../../core/web/page-errors.js';
import { Pages } from '../../../core/web/pages.js';
import { securityHeaders } from '../../../core/web/security-headers.js';
import { queryValue, type Visit } from '../../../core/web/visit.js';
import type { BrowserSession } from '../../../sessions/web/browser-sessions.js';
import { atBothBases } from '../../../surfaces/oauth1/api-paths.js';
import { type AfterConsent, OUT_OF_BAND } from '../callbacks.js';
import { Grants } from '../grants.js';
import { tokenLifetime } from '../oauth-settings.js';
import type { ShownRequestToken } from '../request-tokens.js';
import { AuthoriseDoor } from './authorise-door.js';
import { ALLOW, consentPage, DECISION_FIELD, TOKEN_FIELD } from './consent-page.js';
import { deniedPage, endedPage, grantedPage } from './outcome-pages.js';

const PATH = 'oauth/authorizeRequestToken';

/** The pages where people grant request tokens, or do not (user-requests section 2, step 2; RFC 5849 section 2.2). */
@ApiExcludeController()
@Controller()
@Public('the session in the cookie decides; the form also needs its CSRF value')
@UseFilters(PageExceptionFilter)
export class AuthorisePages {
  constructor(
    private readonly door: AuthoriseDoor,
    private readonly grants: Grants,
    private readonly links: LinkSessions,
    private readonly pages: Pages,
    private readonly administrators: Administrators,
    private readonly configuration: Configuration,
  ) {}

  @Get(atBothBases(PATH))
  async show(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.ask(request, reply, queryValue(request, TOKEN_FIELD) ?? '');
  }

  @Get(atBothBases('authorizeRequestToken/:token/:consumer'))
  async showOf(
    @Param('token') token: string,
    @Param('consumer') consumer: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.ask(request, reply, token, consumer);
  }

  @Post(atBothBases(PATH))
  async decide(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const visit = await this.door.visit(request);
    const browser = await this.door.browser(request, reply);
    if (!browser) return this.pages.send(reply, visit, endedPage(visit));
    const fields = await this.links.ownForm(request, browser.secret, PATH);
    const text = fields.text(TOKEN_FIELD);
    const allowed = fields.text(DECISION_FIELD) === ALLOW;
    const entered = await this.door.enter(request, reply, visit, text);
    if (!entered) return;
    const { token } = entered;
    const done = allowed
      ? await this.grants.grant(text, token, browser.found, browser.client)
      : await this.grants.deny(text, token, browser.found, browser.client);
    if (!done) return this.pages.send(reply, visit, endedPage(visit));
    this.leadOn(reply, visit, token, done, allowed);
  }

  private async ask(request: FastifyRequest, reply: FastifyReply, text: string, consumer?: string): Promise<void> {
    const visit = await this.door.visit(request);
    const entered = await this.door.enter(request, reply, visit, text, consumer);
    if (!entered) return;
    const { token, browser } = entered;
    this.pages.send(reply, visit, await this.consent(request, visit, text, token, browser));
  }

  private async consent(
    request: FastifyRequest,
    visit: Visit,
    text: string,
    { consumer, stored: { callback } }: ShownRequestToken,
    { found, secret }: BrowserSession,
  ): Promise<ReturnType<typeof consentPage>> {
    const { person, domain } = found;
    const [path = '', belladati = path] = atBothBases(PATH);
    return consentPage({
      visit,
      action: `/${request.url.startsWith('/belladati/') ? belladati : path}`,
      token: text,
      csrf: this.links.csrfValue(secret, PATH),
      consumer: consumer.key,
      account: { login: person.login, displayName: person.displayName, domainName: domain.name },
      role: await this.administrators.roleOf(found),
      origin: callback === null || callback === OUT_OF_BAND ? undefined : new URL(callback).origin,
      lifetime: (await this.configuration.snapshot()).setting(tokenLifetime),
    });
  }

  private leadOn(
    reply: FastifyReply,
    visit: Visit,
    { consumer }: ShownRequestToken,
    done: AfterConsent,
    allowed: boolean,
  ): void {
    if (done.kind === 'redirect') {
      // 303: whoever gets the verifier is asked with GET (RFC 9110 section 15.4.4).
      void reply
        .code(303)
        .headers({ ...securityHeaders(visit), location: done.address })
        .send();
      return;
    }
    this.pages.send(
      reply,
      visit,
      allowed ? grantedPage(visit, consumer.key, done.verifier) : deniedPage(visit, consumer.key),
    );
  }
}
