import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type FormFields, readForm } from '../core/web/form-fields.js';
import { LinkSessions } from '../core/web/links/link-sessions.js';
import type { Page } from '../core/web/page/page.js';
import { Pages } from '../core/web/pages.js';
import type { Visit } from '../core/web/visit.js';
import { type BrowserSession, BrowserSessions } from '../sessions/web/browser-sessions.js';
import { CONFIRM_PATH, HOME_PATH, leadingOn, LOG_IN_PATH } from './account-paths.js';
import { leaveNotice, type Notice } from './done-notice.js';
import { StepUp } from './step-up/step-up.js';

/** One request of somebody who is signed in. */
export interface AccountVisit extends BrowserSession {
  readonly visit: Visit;
}

/** What the pages of people who are signed in have in common: who may come in, whose form it is, where they lead. */
@Injectable()
export class AccountDesk {
  constructor(
    private readonly browsers: BrowserSessions,
    private readonly stepUp: StepUp,
    private readonly links: LinkSessions,
    private readonly pages: Pages,
  ) {}

  /** How a request wants its page. Never in a frame: another site could have somebody type a password, or press a button. */
  async visit(request: FastifyRequest): Promise<Visit> {
    return { ...(await this.pages.visit(request)), inline: false, framedBy: [] };
  }

  /** Lets in whoever is signed in. @returns undefined when the request is answered already, with the way to the log-in */
  async enter(request: FastifyRequest, reply: FastifyReply, here: string): Promise<AccountVisit | undefined> {
    const visit = await this.visit(request);
    // A form first, all of it: whoever holds its end back must not have proofs counted that are over by then. What is
    // wrong with it is for `form` to say.
    if (request.method === 'POST') await readForm(request).catch(() => undefined);
    const browser = await this.browsers.find(request, reply);
    if (typeof browser !== 'string') return { ...browser, visit };
    this.pages.redirect(reply, visit, leadingOn(LOG_IN_PATH, here));
    return undefined;
  }

  /** As {@link enter}, with every proof that looking at the account needs. */
  async enterToLook(request: FastifyRequest, reply: FastifyReply, here: string): Promise<AccountVisit | undefined> {
    const account = await this.enter(request, reply, here);
    if (!account || (await this.stepUp.owedToLook(account)).length === 0) return account;
    this.pages.redirect(reply, account.visit, leadingOn(CONFIRM_PATH, here));
    return undefined;
  }

  /**
   * As {@link enter}, with every proof that a change needs, of a moment ago.
   *
   * @param here a page to come back to, which shows what can be changed
   */
  async enterToChange(request: FastifyRequest, reply: FastifyReply, here: string): Promise<AccountVisit | undefined> {
    const account = await this.enter(request, reply, here);
    if (!account || (await this.stepUp.owedToChange(account)).length === 0) return account;
    this.pages.redirect(reply, account.visit, leadingOn(CONFIRM_PATH, here));
    return undefined;
  }

  /** The CSRF value for the form that is sent to `path`. */
  csrf({ secret }: AccountVisit, path: string): string {
    return this.links.csrfValue(secret, path);
  }

  /** Reads a form of this session that was sent to `path`. @throws FormError, DomainError `form-not-valid` */
  form(request: FastifyRequest, { secret }: AccountVisit, path: string): Promise<FormFields> {
    return this.links.ownForm(request, secret, path);
  }

  /** Counts a submission that costs the server a good deal. @throws DomainError `too-many-attempts` */
  countSubmission({ secret }: AccountVisit, path: string): Promise<void> {
    return this.links.countSubmission(secret, path);
  }

  send(reply: FastifyReply, { visit }: Pick<AccountVisit, 'visit'>, page: Page): void {
    this.pages.send(reply, visit, page);
  }

  redirect(reply: FastifyReply, { visit }: Pick<AccountVisit, 'visit'>, path: string): void {
    this.pages.redirect(reply, visit, path);
  }

  /** Leads home, where it is said what was done. */
  leave(reply: FastifyReply, { visit }: Pick<AccountVisit, 'visit'>, notice: Notice): void {
    leaveNotice(reply, visit, notice);
    this.pages.redirect(reply, visit, HOME_PATH);
  }
}
