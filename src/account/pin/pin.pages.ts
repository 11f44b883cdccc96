import { Controller, Get, NotFoundException, Post, Req, Res, UseFilters } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { equalSecrets } from '../../core/crypto/equal-secrets.js';
import { plainSecret } from '../../core/crypto/secret-types.js';
import { Public } from '../../core/web/access.js';
import { PageExceptionFilter } from '../../core/web/page-errors.js';
import { waitingProblems } from '../../core/web/page/waiting-problems.js';
import { isPinCode } from '../../tokens/kinds/pin-code/pin-code.js';
import { AccountDesk, type AccountVisit } from '../account-desk.js';
import { PIN_PATH } from '../account-paths.js';
import { SelfService } from '../self-service.js';
import { ACCOUNT_TEXTS } from '../texts/account-texts.js';
import { OwnPin } from './own-pin.js';
import { AGAIN_FIELD, PIN_FIELD, pinPage, type PinProblems } from './pin-page.js';

/** People change their PIN code, where the policy `self-service` lets them (authentication methods, section 6.8). */
@ApiExcludeController()
@Controller(PIN_PATH)
@Public('the session in the cookie decides, with fresh proofs; a form also needs its CSRF value')
@UseFilters(PageExceptionFilter)
export class OwnPinPages {
  constructor(
    private readonly desk: AccountDesk,
    private readonly selfService: SelfService,
    private readonly pin: OwnPin,
  ) {}

  @Get()
  async ask(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const account = await this.enter(request, reply);
    if (account) this.send(reply, account);
  }

  @Post()
  async submit(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const account = await this.enter(request, reply);
    if (!account) return;
    const { language } = account.visit;
    const fields = await this.desk.form(request, account, PIN_PATH);
    const texts = ACCOUNT_TEXTS[language].pin;
    const pin = plainSecret(fields.text(PIN_FIELD));
    if (!isPinCode(pin)) return this.send(reply, account, { status: 422, pin: [texts.form] });
    if (!equalSecrets(pin, fields.text(AGAIN_FIELD))) {
      return this.send(reply, account, { status: 422, again: [texts.differ] });
    }
    try {
      await this.desk.countSubmission(account, PIN_PATH);
      const changed = await this.pin.change(account, pin);
      this.desk.leave(reply, account, changed ? 'pin-changed' : 'unchanged');
    } catch (error) {
      const problems = waitingProblems(error, language);
      if (!problems) throw error;
      this.send(reply, account, problems);
    }
  }

  /** @throws NotFoundException for who has no PIN code, or may not change it */
  private async enter(request: FastifyRequest, reply: FastifyReply): Promise<AccountVisit | undefined> {
    const account = await this.desk.enterToChange(request, reply, PIN_PATH);
    if (!account) return undefined;
    const { found } = account;
    const may = (await this.selfService.allows(found, 'changePin')) && (await this.pin.isHeld(found.account.id));
    if (!may) throw new NotFoundException();
    return account;
  }

  private send(reply: FastifyReply, account: AccountVisit, problems?: PinProblems): void {
    const { visit, found } = account;
    const csrf = this.desk.csrf(account, PIN_PATH);
    this.desk.send(reply, account, pinPage({ visit, domainName: found.domain.name, csrf, problems }));
  }
}
