import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { plainSecret, type PlainSecret } from '../../core/crypto/secret-types.js';
import type { Tx } from '../../core/database/database.js';
import type { Account } from '../../core/directory/account.entity.js';
import type { FoundPerson } from '../../core/directory/people.js';
import { DomainError } from '../../core/errors/domain-error.js';
import { type Client, Clients } from '../../core/web/clients.js';
import { startedElsewhere } from '../../core/web/visit.js';
import { SessionHolders } from '../session-holders.js';
import type { Session, SessionBeginning, SessionEnd } from '../session.entity.js';
import { type NewSession, type OpenedSession, Sessions } from '../sessions.js';
import { BrowserCookies, type CookieReach, type ShownCookie } from './browser-cookies.js';

/** Somebody who is signed in with their browser, as the directory knows them at this moment. */
export interface BrowserSession {
  readonly session: Session;
  readonly found: FoundPerson;
  readonly client: Client;
  /** What the browser showed; forms are bound to it. */
  readonly secret: PlainSecret;
}

/** Who is let in, and how. */
export interface Entrance {
  readonly found: FoundPerson;
  readonly begunBy: SessionBeginning;
  /** `lax` when absent. */
  readonly reach?: CookieReach;
}

/** Verbs that change nothing. */
const READING = new Set(['GET', 'HEAD']);

/** Sessions of people who are signed in with their browser, whichever feature let them in. */
@Injectable()
export class BrowserSessions {
  constructor(
    private readonly sessions: Sessions,
    private readonly holders: SessionHolders,
    private readonly cookies: BrowserCookies,
    private readonly clients: Clients,
  ) {}

  /**
   * Who is signed in; where the browser shows two sessions that can be used, the one begun last. `none` when it shows no
   * session, `dead` when what it shows is over or was never given out; the browser is told to forget it.
   *
   * @throws DomainError `form-not-valid` for a change that another site has the browser make; `client-address-unreadable`,
   *   `directory-unavailable`
   */
  async find(request: FastifyRequest, reply: FastifyReply): Promise<BrowserSession | 'none' | 'dead'> {
    const shown = await this.cookies.read(request);
    if (shown.length === 0) return 'none';
    if (!READING.has(request.method) && startedElsewhere(request)) {
      throw new DomainError('form-not-valid', { detail: 'sent by another site' });
    }
    const client = this.clients.of(request);
    const used: { session: Session; cookie: ShownCookie }[] = [];
    for (const cookie of shown) {
      const use = await this.sessions.use(cookie.secret, 'cookie');
      if (typeof use === 'string') await this.cookies.drop(reply, cookie);
      else used.push({ session: use.session, cookie });
    }
    for (const { session, cookie } of used.toSorted((one, other) => begun(other.session) - begun(one.session))) {
      const found = await this.holders.of(session);
      if (found) return { session, found, client, secret: plainSecret(cookie.secret) };
      await this.sessions.end(session, 'person-gone');
      await this.cookies.drop(reply, cookie);
    }
    return 'dead';
  }

  /**
   * Lets somebody in: always by a new session (no fixation), while those that this browser had end with it.
   *
   * @returns undefined, with nothing changed, when the password was changed or the account closed since the caller looked
   */
  async begin(request: FastifyRequest, reply: FastifyReply, entrance: Entrance): Promise<OpenedSession | undefined> {
    const opened = await this.sessions.open(this.sessionOf(request, entrance));
    if (opened) await this.admit(request, reply, opened, entrance.reach);
    return opened;
  }

  /**
   * As {@link begin}, in the transaction of what lets the person in, which has locked the account. The browser gets the
   * session with {@link admit}, after the commit.
   */
  open(tx: Tx, locked: Account, request: FastifyRequest, entrance: Entrance): Promise<OpenedSession | undefined> {
    return this.sessions.openIn(tx, locked, this.sessionOf(request, entrance));
  }

  /** Gives the browser a session that was just begun, in place of those that it had, which end. */
  async admit(
    request: FastifyRequest,
    reply: FastifyReply,
    opened: OpenedSession,
    reach: CookieReach = 'lax',
  ): Promise<void> {
    await this.leave(request, reply, 'superseded');
    await this.cookies.set(reply, opened.secret, reach);
  }

  /** Signs the browser out: every session that it shows ends. */
  end(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    return this.leave(request, reply, 'logged-out');
  }

  private sessionOf(request: FastifyRequest, { found, begunBy }: Entrance): NewSession {
    return {
      account: found.account,
      begunBy,
      kind: 'cookie',
      clientAddress: this.clients.of(request).address,
      clientName: request.headers['user-agent'],
    };
  }

  private async leave(request: FastifyRequest, reply: FastifyReply, reason: SessionEnd): Promise<void> {
    for (const cookie of await this.cookies.read(request)) {
      const use = await this.sessions.use(cookie.secret, 'cookie');
      if (typeof use !== 'string') await this.sessions.end(use.session, reason);
      await this.cookies.drop(reply, cookie);
    }
  }
}

function begun({ createdAt }: Session): number {
  return createdAt.getTime();
}
