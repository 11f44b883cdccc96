import { Controller, NotFoundException, Param, Post, Req, Res, UseFilters } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Public } from '../../core/web/access.js';
import { PageExceptionFilter } from '../../core/web/page-errors.js';
import { BrowserSessions } from '../../sessions/web/browser-sessions.js';
import { AccountDesk } from '../account-desk.js';
import { END_OTHERS_PATH, HOME_PATH, LOG_IN_PATH, SESSIONS_PATH, SIGN_OUT_PATH } from '../account-paths.js';
import { leaveNotice } from '../done-notice.js';
import { OwnSessions } from './own-sessions.js';

/** People end their sessions. That takes only away, so that nothing is asked before. */
@ApiExcludeController()
@Controller()
@Public('the session in the cookie decides; a form also needs its CSRF value')
@UseFilters(PageExceptionFilter)
export class SessionPages {
  constructor(
    private readonly desk: AccountDesk,
    private readonly browsers: BrowserSessions,
    private readonly sessions: OwnSessions,
  ) {}

  @Post(`${SESSIONS_PATH}/:id/end`)
  async end(@Req() request: FastifyRequest, @Res() reply: FastifyReply, @Param('id') id: string): Promise<void> {
    const account = await this.desk.enterToLook(request, reply, HOME_PATH);
    if (!account) return;
    await this.desk.form(request, account, SESSIONS_PATH);
    if (!(await this.sessions.end(account, id))) throw new NotFoundException();
    this.desk.leave(reply, account, 'session-ended');
  }

  @Post(END_OTHERS_PATH)
  async endOthers(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const account = await this.desk.enterToLook(request, reply, HOME_PATH);
    if (!account) return;
    await this.desk.form(request, account, SESSIONS_PATH);
    const ended = await this.sessions.endOthers(account);
    this.desk.leave(reply, account, ended > 0 ? 'other-sessions-ended' : 'unchanged');
  }

  /** Also for who has not shown a second factor yet. */
  @Post(SIGN_OUT_PATH)
  async signOut(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const account = await this.desk.enter(request, reply, HOME_PATH);
    if (!account) return;
    await this.desk.form(request, account, SIGN_OUT_PATH);
    await this.browsers.end(request, reply);
    await this.sessions.follow(account, 'session.signed-out', [account.session.id]);
    leaveNotice(reply, account.visit, 'signed-out');
    this.desk.redirect(reply, account, LOG_IN_PATH);
  }
}
