import { Controller, NotFoundException, Param, Post, Req, Res, UseFilters } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Public } from '../../core/web/access.js';
import { PageExceptionFilter } from '../../core/web/page-errors.js';
import { AccountDesk } from '../account-desk.js';
import { HOME_PATH, REQUESTS_PATH } from '../account-paths.js';
import { OwnRequests } from './own-requests.js';

/** People cancel links and requests that were made for them. That takes only away, so that nothing is asked before. */
@ApiExcludeController()
@Controller(REQUESTS_PATH)
@Public('the session in the cookie decides; a form also needs its CSRF value')
@UseFilters(PageExceptionFilter)
export class RequestPages {
  constructor(
    private readonly desk: AccountDesk,
    private readonly requests: OwnRequests,
  ) {}

  @Post(':number/cancel')
  async cancel(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Param('number') number: string,
  ): Promise<void> {
    const account = await this.desk.enterToLook(request, reply, HOME_PATH);
    if (!account) return;
    await this.desk.form(request, account, REQUESTS_PATH);
    const cancelled = await this.requests.cancel(account, number);
    if (cancelled === undefined) throw new NotFoundException();
    this.desk.leave(reply, account, cancelled ? 'request-cancelled' : 'unchanged');
  }
}
