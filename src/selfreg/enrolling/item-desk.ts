import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Tx } from '../../core/database/database.js';
import { DomainError } from '../../core/errors/domain-error.js';
import { type Client, Clients } from '../../core/web/clients.js';
import type { FormFields } from '../../core/web/form-fields.js';
import { LinkSessions } from '../../core/web/links/link-sessions.js';
import type { Page } from '../../core/web/page/page.js';
import { Pages } from '../../core/web/pages.js';
import { SHARED_TEXTS } from '../../core/web/texts/shared-texts.js';
import type { Visit } from '../../core/web/visit.js';
import type { EnrolmentHolder } from '../../tokens/enrolment/enrolment-holder.js';
import { ownEnrolment } from '../../tokens/enrolment/enrolment-link.js';
import { Enrolments, type Placement } from '../../tokens/enrolment/enrolments.js';
import type { HeldToken } from '../../tokens/token-store.js';
import type { Choice } from '../items.js';
import { endedPage } from '../pages/ended-page.js';
import type { ItemProblem } from '../pages/item-problem.js';
import { CHOICE_PATH, ENROLMENT_SITE as SITE, itemPath, LOGIN_PATH } from '../pages/site.js';
import { type EnrolmentSession, EnrolmentSessions, holderOf, type Offer, type Stored } from './enrolment-sessions.js';

/** One request for a page of an item, by somebody who may enrol it. */
export interface ItemVisit {
  readonly visit: Visit;
  readonly client: Client;
  /** Secret of the page session. */
  readonly secret: string;
  readonly session: EnrolmentSession;
  readonly offer: Offer;
  readonly holder: EnrolmentHolder;
  /** Path of the item's page. */
  readonly path: string;
}

/** What a submission came to. */
export interface EnrolmentOutcome {
  readonly domainName: string;
  /** Slots that were filled last. */
  readonly slot: string;
  /** The page that the person came from, where it was one of ours. */
  readonly home?: string | undefined;
}

/** What the last page of a session says. */
export function outcomeOf({ opened: { request, found } }: EnrolmentSession, slot: string): EnrolmentOutcome {
  return { domainName: found.domain.name, slot, home: ownEnrolment(request)?.home };
}

/**
 * What the pages of every item have in common: who may come in, whose form it is, and where they lead when something
 * was stored.
 */
@Injectable()
export class ItemDesk {
  constructor(
    private readonly sessions: EnrolmentSessions,
    private readonly enrolments: Enrolments,
    private readonly links: LinkSessions,
    private readonly pages: Pages,
    private readonly clients: Clients,
  ) {}

  /**
   * Lets in whoever opened a link, has logged in and is offered this choice; everybody else is answered.
   *
   * @returns undefined when the request is answered already
   */
  async enter(request: FastifyRequest, reply: FastifyReply, choice: Choice): Promise<ItemVisit | undefined> {
    const visit = await this.pages.visit(request);
    const secret = this.links.secretOf(request, SITE);
    const session = secret === undefined ? undefined : await this.sessions.resume(secret);
    if (secret === undefined || !session) {
      this.links.end(reply, visit, SITE, endedPage(visit));
      return undefined;
    }
    const offer = session.offers.find((candidate) => candidate.choice === choice);
    if (session.opened.owed.length > 0 || !offer) {
      this.pages.redirect(reply, visit, session.opened.owed.length > 0 ? LOGIN_PATH : CHOICE_PATH);
      return undefined;
    }
    const client = this.clients.of(request);
    const holder = holderOf(session.opened, client);
    return { visit, client, secret, session, offer, holder, path: itemPath(choice) };
  }

  /** The CSRF value for the form that is sent to `path`. */
  csrf({ secret }: ItemVisit, path: string): string {
    return this.links.csrfValue(secret, path);
  }

  /** Reads a form of this session that was sent to `path`. @throws FormError, DomainError `form-not-valid` */
  form(request: FastifyRequest, { secret }: ItemVisit, path: string): Promise<FormFields> {
    return this.links.ownForm(request, secret, path);
  }

  /** As {@link form}, for one that costs the server a good deal. @throws DomainError `too-many-attempts` */
  async costlyForm(request: FastifyRequest, item: ItemVisit, path: string): Promise<FormFields> {
    const fields = await this.form(request, item, path);
    await this.links.countSubmission(item.secret, path);
    return fields;
  }

  send(reply: FastifyReply, { visit }: ItemVisit, page: Page): void {
    this.pages.send(reply, visit, page);
  }

  redirect(reply: FastifyReply, { visit }: ItemVisit, path: string): void {
    this.pages.redirect(reply, visit, path);
  }

  /** Begins something that has to be proved, see `EnrolmentSessions.begin`. */
  begin(...work: Parameters<EnrolmentSessions['begin']>): Promise<HeldToken> {
    return this.sessions.begin(...work);
  }

  /** What this person has begun of these kinds and not proved yet, the newest. */
  async pending({ session }: ItemVisit, ...kinds: HeldToken['token']['kind'][]): Promise<HeldToken | undefined> {
    return (await this.sessions.pending(session)).find(({ token }) => kinds.includes(token.kind));
  }

  /** Stores something, see `EnrolmentSessions.store`; what follows is {@link leave}. */
  store<T>({ session, client }: ItemVisit, work: (tx: Tx) => Promise<T>): Promise<Stored<T>> {
    return this.sessions.store(session, client, work);
  }

  /** Makes a proved authenticator usable, see `Enrolments.finish`. */
  async keep(item: ItemVisit, held: HeldToken, placement: Placement): Promise<{ readonly completed: boolean }> {
    return this.store(item, (tx) => this.enrolments.finish(tx, item.holder, held, placement));
  }

  /** As {@link keep}, in a transaction that stores something besides. */
  finish(tx: Tx, { holder }: ItemVisit, held: HeldToken, placement: Placement): Promise<unknown> {
    return this.enrolments.finish(tx, holder, held, placement);
  }

  /** Shows a page with a secret that was made just now; the session is over with it when the link is used up. */
  sendLast(reply: FastifyReply, item: ItemVisit, page: Page, completed: boolean): void {
    if (completed) this.links.end(reply, item.visit, SITE, page);
    else this.send(reply, item, page);
  }

  /** Leads on when something was stored: to the last page when the link is used up, else back to the choice. */
  leave(reply: FastifyReply, { visit, session }: ItemVisit, slot: string, completed: boolean): void {
    if (!completed) return this.pages.redirect(reply, visit, `${CHOICE_PATH}?stored=${encodeURIComponent(slot)}`);
    this.links.finish(reply, visit, SITE, outcomeOf(session, slot));
  }

  /**
   * What to say of a refusal on the form that comes back; undefined when the session is over, and answered with that.
   *
   * @throws every error that is no refusal
   */
  problem(error: unknown, reply: FastifyReply, { visit }: ItemVisit): ItemProblem | undefined {
    if (!DomainError.is(error)) throw error;
    if (error.code !== 'page-session-ended') {
      return { text: SHARED_TEXTS[visit.language].errors[error.code](error.params) };
    }
    this.links.end(reply, visit, SITE, endedPage(visit));
    return undefined;
  }
}
