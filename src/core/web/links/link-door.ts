import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { PlainSecret } from '../../crypto/secret-types.js';
import { DomainError } from '../../errors/domain-error.js';
import { Throttle } from '../../throttle/throttle.js';
import { addressBucket } from '../client-address.js';
import { type Client, Clients } from '../clients.js';
import { readForm } from '../form-fields.js';
import { setCookie } from '../page-cookies.js';
import type { Page } from '../page/page.js';
import { Pages } from '../pages.js';
import { queryValue, startedElsewhere, type Visit } from '../visit.js';
import { deadLinkPage, retryPage } from './closed-pages.js';
import { LINK_FIELD, type LinkSite, sessionCookie } from './link-site.js';

/** Looks and attempts at opening of one address in a minute (manager JSON-RPC, section 13). */
const LANDINGS_A_MINUTE = 30;

/** Where links of every kind lead: looking at one changes nothing, pressing its button consumes it (invariant 3). */
@Injectable()
export class LinkDoor {
  constructor(
    private readonly pages: Pages,
    private readonly clients: Clients,
    private readonly throttle: Throttle,
  ) {}

  /**
   * Answers a GET. A link that is missing or malformed goes the way of an unknown one.
   *
   * @param landing the page for a link that works; undefined for any other
   * @throws DomainError `too-many-attempts` with `retryAfter` seconds
   */
  async look(
    request: FastifyRequest,
    reply: FastifyReply,
    site: LinkSite,
    landing: (link: string, visit: Visit) => Promise<Page | undefined>,
  ): Promise<void> {
    const visit = await this.pages.visit(request);
    await this.count(site, this.clients.of(request));
    const page = await landing(queryValue(request, LINK_FIELD) ?? '', visit);
    this.pages.send(reply, visit, page ?? deadLinkPage(visit.language));
  }

  /**
   * Answers the POST of the landing page's button: begins a page session and leads on to `next`.
   *
   * @param open consumes a link and returns the secret of the page session; undefined for a link that does not work
   * @throws FormError, DomainError `form-not-valid`, `too-many-attempts` with `retryAfter` seconds
   */
  async open(
    request: FastifyRequest,
    reply: FastifyReply,
    site: LinkSite,
    next: string,
    open: (link: string, client: Client) => Promise<PlainSecret | undefined>,
  ): Promise<void> {
    await this.act(request, reply, site, async (link, client, visit) => {
      const session = await open(link, client);
      if (session === undefined) return deadLinkPage(visit.language);
      setCookie(reply, visit, sessionCookie(site), session);
      this.pages.redirect(reply, visit, next);
      return undefined;
    });
  }

  /**
   * Answers the POST of a landing page's button with what `act` does with the link.
   *
   * @param act uses a link and returns the page that says what came of it; undefined when it has answered already
   * @throws FormError, DomainError `form-not-valid`, `too-many-attempts` with `retryAfter` seconds
   */
  async act(
    request: FastifyRequest,
    reply: FastifyReply,
    site: LinkSite,
    act: (link: string, client: Client, visit: Visit) => Promise<Page | undefined>,
  ): Promise<void> {
    const visit = await this.pages.visit(request);
    if (startedElsewhere(request)) throw new DomainError('form-not-valid', { detail: 'sent by another site' });
    const link = (await readForm(request)).text(LINK_FIELD);
    const client = this.clients.of(request);
    try {
      await this.count(site, client);
      const page = await act(link, client, visit);
      if (page) this.pages.send(reply, visit, page);
    } catch (error) {
      if (!DomainError.is(error) || error.category !== 'unavailable') throw error;
      this.pages.send(reply, visit, retryPage(site, visit, link, error.code));
    }
  }

  private async count({ name }: LinkSite, { address }: Client): Promise<void> {
    await this.throttle.require(
      { name: `${name}-landing`, limit: LANDINGS_A_MINUTE, window: 60 },
      addressBucket(address),
    );
  }
}
