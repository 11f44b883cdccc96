import { Controller, Get, Post, Req, Res, UseFilters } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { PlainSecret } from '../core/crypto/secret-types.js';
import type { ConfigurationSnapshot } from '../core/domains/configuration-snapshot.js';
import { Configuration } from '../core/domains/configuration.js';
import { pageSessionIdleMinutes } from '../core/requests/request-settings.js';
import { type HeldRequest, RequestSessions } from '../core/requests/request-sessions.js';
import { Public } from '../core/web/access.js';
import { landingPage } from '../core/web/links/landing-page.js';
import { LinkDoor } from '../core/web/links/link-door.js';
import { PageExceptionFilter } from '../core/web/page-errors.js';
import { Fact } from '../core/web/page/facts.js';
import type { Page } from '../core/web/page/page.js';
import type { Visit } from '../core/web/visit.js';
import { linkUrl } from '../delivery/links/link-url.js';
import { itemName } from '../delivery/templates/item-names.js';
import { ceremonyAddress } from '../tokens/kinds/fido/relying-party.js';
import { scopeOf } from './enrolling/enrolment-sessions.js';
import { enrolmentFlow } from './enrolment-flow.js';
import { offeredChoices } from './enrolment-offer.js';
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
    await this.door.look(request, reply, SITE, (link, visit) => this.landing(link, visit, request.headers.host));
  }

  @Post()
  async open(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.door.open(request, reply, SITE, CHOICE_PATH, (link, client) =>
      this.sessions.open(enrolmentFlow, link, client),
    );
  }

  private async landing(link: string, visit: Visit, host: string | undefined): Promise<Page | undefined> {
    const held = await this.sessions.look(enrolmentFlow, link);
    if (!held) return undefined;
    const { request, found } = held;
    const { service, landing: texts } = ENROLMENT_TEXTS[visit.language];
    const { item } = request.payload;
    const snapshot = await this.configuration.snapshot();
    const keyAddress = addressForKeys(snapshot, held, link, host);
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
      idleMinutes: snapshot.setting(pageSessionIdleMinutes),
      texts: { service, title: texts.title, lead: texts.lead(found.domain.name) },
      facts: (
        <>
          {typeof item === 'string' && <Fact name={texts.item}>{itemName(item, visit.language)}</Fact>}
          {keyAddress !== undefined && (
            <Fact name={texts.keyAddress}>
              <a href={keyAddress.href}>{keyAddress.host}</a>
            </Fact>
          )}
        </>
      ),
    });
  }
}

/**
 * Where the same link can be opened by somebody who wants to set up a FIDO key, when browsers hold no ceremonies at the
 * server's public address. What the request says of its host decides only whether that is shown.
 */
function addressForKeys(
  snapshot: ConfigurationSnapshot,
  { request, found }: HeldRequest,
  link: string,
  host: string | undefined,
): URL | undefined {
  const { publicUrl } = snapshot;
  if (publicUrl === undefined || !offeredChoices(snapshot, found.domain.id, scopeOf(request)).includes('FIDO')) {
    return undefined;
  }
  const there = ceremonyAddress(linkUrl(publicUrl, SITE.path, link as PlainSecret));
  return there === undefined || new URL(there).host === host ? undefined : new URL(there);
}
