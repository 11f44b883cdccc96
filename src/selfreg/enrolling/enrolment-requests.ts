import { Injectable } from '@nestjs/common';
import { Database } from '../../core/database/database.js';
import { type OpenedRequest, RequestSessions } from '../../core/requests/request-sessions.js';
import { Sessions } from '../../sessions/sessions.js';
import { ownEnrolment } from '../../tokens/enrolment/enrolment-link.js';
import { enrolmentFlow } from '../enrolment-flow.js';

/** The requests behind the page sessions of enrolment. */
@Injectable()
export class EnrolmentRequests {
  constructor(
    private readonly requests: RequestSessions,
    private readonly sessions: Sessions,
    private readonly database: Database,
  ) {}

  /**
   * The request with this page session; undefined when it is over. What somebody has begun who was signed in is over with
   * the session that they proved themselves in, whatever has ended that (attack class 36).
   */
  async resume(session: string): Promise<OpenedRequest | undefined> {
    const opened = await this.requests.resume(enrolmentFlow, session);
    const own = opened && ownEnrolment(opened.request);
    if (!own) return opened;
    return (await this.sessions.stands(this.database.manager, { id: own.session })) ? opened : undefined;
  }
}
