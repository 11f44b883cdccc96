import { Controller, Get, Req, Res, UseFilters } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Public } from '../../core/web/access.js';
import { PageExceptionFilter } from '../../core/web/page-errors.js';
import { Sessions } from '../../sessions/sessions.js';
import { AccountDesk } from '../account-desk.js';
import { ADD_PATH, HOME_PATH, REQUESTS_PATH, SESSIONS_PATH, SIGN_OUT_PATH } from '../account-paths.js';
import { OwnAuthenticators } from '../authenticators/own-authenticators.js';
import { takeNotice } from '../done-notice.js';
import { OwnEmergencyCodes } from '../emergency-codes/own-emergency-codes.js';
import { hasPin } from '../pin/own-pin.js';
import { OwnRequests } from '../requests/own-requests.js';
import { SelfService } from '../self-service.js';
import { homePage } from './home-page.js';

/** The home page after log-in. */
@ApiExcludeController()
@Controller(HOME_PATH)
@Public('the session in the cookie decides')
@UseFilters(PageExceptionFilter)
export class HomePages {
  constructor(
    private readonly desk: AccountDesk,
    private readonly authenticators: OwnAuthenticators,
    private readonly requests: OwnRequests,
    private readonly sessions: Sessions,
    private readonly selfService: SelfService,
    private readonly emergencyCodes: OwnEmergencyCodes,
  ) {}

  @Get()
  async show(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const account = await this.desk.enterToLook(request, reply, HOME_PATH);
    if (!account) return;
    const { found } = account;
    const { id } = found.account;
    const authenticators = await this.authenticators.list(id);
    const page = homePage({
      account,
      before: await this.sessions.previous(account.session),
      authenticators,
      offers: {
        pin: hasPin(authenticators) && (await this.selfService.allows(found, 'changePin')),
        emergencyCodes:
          (await this.selfService.allows(found, 'requestEmergencyCode')) && (await this.emergencyCodes.haveUse(id)),
      },
      requests: await this.requests.list(id),
      sessions: await this.sessions.list(id),
      csrf: {
        'sign-out': this.desk.csrf(account, SIGN_OUT_PATH),
        add: this.desk.csrf(account, ADD_PATH),
        requests: this.desk.csrf(account, REQUESTS_PATH),
        sessions: this.desk.csrf(account, SESSIONS_PATH),
      },
      notice: takeNotice(request, reply, account.visit),
    });
    this.desk.send(reply, account, page);
  }
}
