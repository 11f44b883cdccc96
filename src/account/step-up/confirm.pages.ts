import { Controller, Get, Post, Req, Res, UseFilters } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { plainSecret } from '../../core/crypto/secret-types.js';
import { Configuration } from '../../core/domains/configuration.js';
import { Public } from '../../core/web/access.js';
import { PageExceptionFilter } from '../../core/web/page-errors.js';
import { waitingProblems } from '../../core/web/page/waiting-problems.js';
import { queryValue } from '../../core/web/visit.js';
import type { SessionProof } from '../../sessions/session.entity.js';
import { AccountDesk, type AccountVisit } from '../account-desk.js';
import { CONFIRM_PATH, HOME_PATH, TO } from '../account-paths.js';
import { stepUpMinutes } from '../account-settings.js';
import { ACCOUNT_TEXTS } from '../texts/account-texts.js';
import { whereTo } from '../where-to.js';
import { confirmPage, type ConfirmProblems, PASSWORD_FIELD } from './confirm-page.js';
import { OwnPasswordProof } from './own-password-proof.js';
import { SecondFactorDoor } from './second-factor-door.js';
import { StepUp } from './step-up.js';

/** Asks who is signed in to prove once more who they are. */
@ApiExcludeController()
@Controller(CONFIRM_PATH)
@Public('the session in the cookie decides; a form also needs its CSRF value')
@UseFilters(PageExceptionFilter)
export class ConfirmPages {
  constructor(
    private readonly desk: AccountDesk,
    private readonly stepUp: StepUp,
    private readonly password: OwnPasswordProof,
    private readonly door: SecondFactorDoor,
    private readonly configuration: Configuration,
  ) {}

  @Get()
  async ask(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const to = whereTo(queryValue(request, TO));
    const account = await this.desk.enter(request, reply, to);
    if (!account) return;
    const owed = await this.owed(account, to);
    if (owed.length === 0) return this.desk.redirect(reply, account, to);
    await this.send(reply, account, owed, to);
  }

  @Post()
  async submit(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const account = await this.desk.enter(request, reply, HOME_PATH);
    if (!account) return;
    const fields = await this.desk.form(request, account, CONFIRM_PATH);
    const to = whereTo(fields.text(TO));
    const owed = await this.owed(account, to);
    try {
      if (owed.includes('password')) {
        const texts = ACCOUNT_TEXTS[account.visit.language].confirm;
        const typed = fields.text(PASSWORD_FIELD);
        if (typed === '') return await this.send(reply, account, owed, to, { status: 422, password: [texts.empty] });
        if (!(await this.password.prove(account, plainSecret(typed)))) {
          return await this.send(reply, account, owed, to, { status: 422, password: [texts.wrong] });
        }
      }
      const next = owed.includes('second-factor') ? await this.door.open(reply, account.visit, account, to) : to;
      this.desk.redirect(reply, account, next);
    } catch (error) {
      const problems = waitingProblems(error, account.visit.language);
      if (!problems) throw error;
      await this.send(reply, account, owed, to, problems);
    }
  }

  /** Looking at the account needs less than changing it. */
  private owed(account: AccountVisit, to: string): Promise<SessionProof[]> {
    return to === HOME_PATH ? this.stepUp.owedToLook(account) : this.stepUp.owedToChange(account);
  }

  private async send(
    reply: FastifyReply,
    account: AccountVisit,
    owed: readonly SessionProof[],
    to: string,
    problems?: ConfirmProblems,
  ): Promise<void> {
    const { visit, found } = account;
    const minutes = (await this.configuration.snapshot()).setting(stepUpMinutes, found.domain.id);
    const who = { login: found.person.login, domainName: found.domain.name };
    const csrf = this.desk.csrf(account, CONFIRM_PATH);
    this.desk.send(reply, account, confirmPage({ visit, ...who, owed, minutes, to, csrf, problems }));
  }
}
