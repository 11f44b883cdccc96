import { Injectable } from '@nestjs/common';
import { Database, type Tx } from '../../core/database/database.js';
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

  /** The request with this page session; undefined when it is over. */
  async resume(session: string): Promise<OpenedRequest | undefined> {
    const opened = await this.requests.resume(enrolmentFlow, session);
    return opened && (await this.stands(this.database.manager, opened)) ? opened : undefined;
  }

  /**
   * Whether what somebody has begun who was signed in is not over with the session that they proved themselves in,
   * whatever has ended that (attack class 36). A session does not end before the transaction does.
   */
  async stands(tx: Tx, { request }: OpenedRequest): Promise<boolean> {
    const own = ownEnrolment(request);
    return own === undefined || this.sessions.stands(tx, { id: own.session });
  }
}
