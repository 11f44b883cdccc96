import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Pages } from '../../../core/web/pages.js';
import type { Visit } from '../../../core/web/visit.js';
import { type BrowserSession, BrowserSessions } from '../../../sessions/web/browser-sessions.js';
import { HeldSecondFactors } from '../../../tokens/second-factor/held-second-factors.js';
import { RequestTokens, type ShownRequestToken } from '../request-tokens.js';
import { confirmFor, logInFor } from './account-door.js';
import { TOKEN_FIELD } from './consent-page.js';
import { endedPage, otherDomainPage } from './outcome-pages.js';

/** A request token that can be granted, and who may grant it. */
export interface EnteredToken {
  readonly token: ShownRequestToken;
  readonly browser: BrowserSession;
}

/** Lets people in to grant a request token: those of the consumer's domain who have proved who they are. */
@Injectable()
export class AuthoriseDoor {
  constructor(
    private readonly tokens: RequestTokens,
    private readonly browsers: BrowserSessions,
    private readonly factors: HeldSecondFactors,
    private readonly pages: Pages,
  ) {}

  /** How a request wants its page. Never in a frame: another site could have somebody press a button. */
  async visit(request: FastifyRequest): Promise<Visit> {
    return { ...(await this.pages.visit(request)), inline: false, framedBy: [] };
  }

  /** Who is signed in. @throws DomainError as `BrowserSessions.find` */
  async browser(request: FastifyRequest, reply: FastifyReply): Promise<BrowserSession | undefined> {
    const found = await this.browsers.find(request, reply);
    return typeof found === 'string' ? undefined : found;
  }

  /**
   * The token, and who may grant it.
   *
   * @param consumer the consumer's key where the address names it; another one than the token's leads nowhere
   * @returns undefined when the request is answered already: the token is over, somebody has to sign in or to prove more
   */
  async enter(
    request: FastifyRequest,
    reply: FastifyReply,
    visit: Visit,
    text: string,
    consumer?: string,
  ): Promise<EnteredToken | undefined> {
    const token = await this.tokens.open(text);
    if (!token || (consumer !== undefined && consumer !== token.consumer.key)) {
      this.pages.send(reply, visit, endedPage(visit));
      return undefined;
    }
    const path = `/oauth/authorizeRequestToken?${new URLSearchParams({ [TOKEN_FIELD]: text }).toString()}`;
    const browser = await this.browser(request, reply);
    if (!browser || (await this.owes(browser))) {
      this.pages.redirect(reply, visit, browser ? confirmFor(path) : logInFor(path));
      return undefined;
    }
    const { domain, person } = browser.found;
    if (domain.id !== token.consumer.domain.id) {
      const names = { consumer: token.consumer.key, here: token.consumer.domain.name, login: person.login, path };
      this.pages.send(reply, visit, otherDomainPage(visit, names));
      return undefined;
    }
    return { token, browser };
  }

  /**
   * Whether the session has still to see the password, or the second factor of who has one. An access token outlives the
   * session, so whoever was let in by a request that others made for them proves first who they are (attack class 36).
   */
  private async owes({ session, found }: BrowserSession): Promise<boolean> {
    if (session.passwordProvedAt === null) return true;
    return session.factorProvedAt === null && (await this.factors.of(found.account.id)).length > 0;
  }
}
