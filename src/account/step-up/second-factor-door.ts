import { Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { DomainError } from '../../core/errors/domain-error.js';
import { sessionCookie } from '../../core/web/links/link-site.js';
import { setCookie } from '../../core/web/page-cookies.js';
import type { Visit } from '../../core/web/visit.js';
import type { BrowserSession } from '../../sessions/web/browser-sessions.js';
import { ACCOUNT_SITE, SECOND_FACTOR_PATH } from '../account-paths.js';
import { SecondFactorSessions } from './second-factor-sessions.js';

/** Where people are led who have to show a second factor. */
@Injectable()
export class SecondFactorDoor {
  constructor(private readonly sessions: SecondFactorSessions) {}

  /**
   * Begins the page session in which a second factor is shown. @returns the path of its page
   *
   * @param to the path to lead on to when it is passed
   * @throws DomainError `too-many-attempts`, `page-session-ended`
   */
  async open(
    reply: FastifyReply,
    visit: Visit,
    browser: Pick<BrowserSession, 'session' | 'found' | 'client'>,
    to: string,
  ): Promise<string> {
    const secret = await this.sessions.begin(browser, to);
    if (secret === undefined) throw new DomainError('page-session-ended');
    setCookie(reply, visit, sessionCookie(ACCOUNT_SITE), secret);
    return SECOND_FACTOR_PATH;
  }
}
