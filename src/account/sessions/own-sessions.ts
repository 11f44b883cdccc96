import { Injectable } from '@nestjs/common';
import { Audit } from '../../core/audit/audit.js';
import { Database } from '../../core/database/database.js';
import { isStoredUuid } from '../../core/database/uuid.js';
import { personAt } from '../../core/requests/request-sessions.js';
import type { Session } from '../../sessions/session.entity.js';
import { Sessions } from '../../sessions/sessions.js';
import type { BrowserSession } from '../../sessions/web/browser-sessions.js';
import { OwnRequests } from '../requests/own-requests.js';

/** The sessions of a person, as they look after them. */
@Injectable()
export class OwnSessions {
  constructor(
    private readonly sessions: Sessions,
    private readonly requests: OwnRequests,
    private readonly audit: Audit,
    private readonly database: Database,
  ) {}

  list({ found }: BrowserSession): Promise<Session[]> {
    return this.sessions.list(found.account.id);
  }

  /** Ends one of them. @returns false for one that is not this person's, or over */
  async end(browser: BrowserSession, id: string): Promise<boolean> {
    if (!isStoredUuid(id)) return false;
    if (!(await this.sessions.end({ accountId: browser.found.account.id, id }))) return false;
    await this.follow(browser, 'session.ended', [id]);
    return true;
  }

  /** Ends all but the one that asks. @returns how many there were */
  async endOthers(browser: BrowserSession): Promise<number> {
    const others = (await this.list(browser)).filter(({ id }) => id !== browser.session.id);
    const ended = await this.sessions.endOthers(browser.session);
    if (ended > 0) {
      await this.follow(
        browser,
        'session.others-ended',
        others.map(({ id }) => id),
      );
    }
    return ended;
  }

  /** What follows from the end of sessions: what was begun in them ends, and the audit says it. */
  async follow(browser: BrowserSession, event: string, ids: readonly string[]): Promise<void> {
    await this.requests.cancelThoseOf(browser, ids);
    await this.audit.record(this.database.manager, {
      ...personAt(browser, browser.client),
      event,
      outcome: 'success',
      accountId: browser.found.account.id,
      detail: { sessions: ids.length },
    });
  }
}
