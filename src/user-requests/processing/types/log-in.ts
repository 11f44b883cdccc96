import { Injectable } from '@nestjs/common';
import type { OpenedSession } from '../../../sessions/sessions.js';
import { BrowserSessions } from '../../../sessions/web/browser-sessions.js';
import type { Outcome } from '../outcome.js';
import type { ProcessingCall } from '../processing-call.js';
import type { ProcessedType, ProvenRequest } from '../request-type.js';
import { mailedLogInPage } from '../pages/log-in-page.js';
import { RequestForms } from '../request-forms.js';
import { Consumption } from './consumption.js';
import { Redirects } from './redirects.js';

/** Where people are who signed in. */
export const HOME = '/account';

/**
 * `LOGIN_UNATTENDED` and `LOGIN`: lets the person in without a prompt (user-requests section 4). The request is used up
 * with the beginning of the session, both or neither, and nobody else gets in with it. Always a new session, of which nobody could have
 * known; it says that no password was shown, so `/account` asks for one before it changes anything.
 */
@Injectable()
export class LogIn implements ProcessedType {
  constructor(
    private readonly consumption: Consumption,
    private readonly sessions: BrowserSessions,
    private readonly redirects: Redirects,
    private readonly forms: RequestForms,
  ) {}

  async process(proven: ProvenRequest, call: ProcessingCall): Promise<Outcome> {
    const unattended = proven.type === 'LOGIN_UNATTENDED';
    // Mail scanners follow links, and whoever signs in with a mailed one wants to see where.
    if (!unattended && proven.shown === 'link') {
      if (!call.posted) return { kind: 'page', page: mailedLogInPage(call, proven.found, this.forms) };
      this.forms.requireOwn(call);
    }
    const { found } = proven;
    let opened: OpenedSession | undefined;
    const consumed = await this.consumption.consume(proven, call.client, async (tx, locked) => {
      opened = await this.sessions.open(tx, locked, call.request, { found, begunBy: 'request' });
    });
    if (!consumed) return { kind: 'refused', word: 'NOT_FOUND' };
    if (!opened) return { kind: 'refused', word: 'USER_INACTIVE' };
    await this.sessions.admit(call.request, call.reply, opened, call.listedOrigin === undefined ? 'lax' : 'none');
    const target = await this.redirects.of(proven, call);
    if (!unattended) return { kind: 'redirect', to: target ?? HOME };
    return call.navigates && target !== undefined ? { kind: 'redirect', to: target } : { kind: 'text', text: 'OK' };
  }
}
