import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DomainError } from '../../core/errors/domain-error.js';
import { Clients } from '../../core/web/clients.js';
import { startedElsewhere } from '../../core/web/visit.js';
import { SessionHolders } from '../../sessions/session-holders.js';
import { Sessions } from '../../sessions/sessions.js';
import type { IamCaller } from './iam-caller.js';
import { IamCredentials } from './iam-credentials.js';

/** Verbs that change nothing. */
const READING = new Set(['GET', 'HEAD']);

/** Finds the person behind a call by the session that it shows: `Authorization: Bearer`, or else the cookie. */
@Injectable()
export class IamGate {
  constructor(
    private readonly clients: Clients,
    private readonly sessions: Sessions,
    private readonly holders: SessionHolders,
    private readonly credentials: IamCredentials,
  ) {}

  /**
   * The caller; `none` when no session is shown, `dead` when it is over or was never given out, which counts as a failed
   * log-in.
   *
   * @throws DomainError `form-not-valid` for a change that another site has a browser make with its cookie;
   *   `directory-unavailable`
   */
  async find(request: FastifyRequest, reply: FastifyReply): Promise<IamCaller | 'none' | 'dead'> {
    const shown = await this.credentials.shown(request);
    if (!shown) return 'none';
    if (shown.kind === 'cookie' && !READING.has(request.method) && startedElsewhere(request)) {
      throw new DomainError('form-not-valid', { detail: 'sent by another site' });
    }
    const client = this.clients.of(request);
    const used = await this.sessions.use(shown.secret, shown.kind);
    if (typeof used === 'string') {
      await this.credentials.refuse(used, shown, client.address, reply);
      return 'dead';
    }
    const found = await this.holders.of(used.session);
    if (!found) {
      await this.sessions.end(used.session, 'person-gone');
      await this.credentials.refuse('dead', shown, client.address, reply);
      return 'dead';
    }
    if (used.prolonged) await this.credentials.prolong(shown, reply);
    return { session: used.session, found, client, shown: shown.kind === 'bearer' ? shown.secret : used.session.id };
  }
}
