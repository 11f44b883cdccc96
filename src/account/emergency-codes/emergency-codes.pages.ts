import { Controller, Get, NotFoundException, Post, Req, Res, UseFilters } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DomainError } from '../../core/errors/domain-error.js';
import { Public } from '../../core/web/access.js';
import type { Language } from '../../core/web/language/languages.js';
import { PageExceptionFilter } from '../../core/web/page-errors.js';
import { waitingProblems } from '../../core/web/page/waiting-problems.js';
import { maskedRecipient } from '../../delivery/masked-recipient.js';
import { AccountDesk, type AccountVisit } from '../account-desk.js';
import { EMERGENCY_CODES_PATH } from '../account-paths.js';
import { SelfService } from '../self-service.js';
import { ACCOUNT_TEXTS } from '../texts/account-texts.js';
import { type EmergencyCodeProblems, emergencyCodesPage } from './emergency-codes-page.js';
import { OwnEmergencyCodes } from './own-emergency-codes.js';

/** People have emergency codes sent to them, where the policy `self-service` lets them (sections 6.8 and 6.12). */
@ApiExcludeController()
@Controller(EMERGENCY_CODES_PATH)
@Public('the session in the cookie decides, with fresh proofs; a form also needs its CSRF value')
@UseFilters(PageExceptionFilter)
export class OwnEmergencyCodePages {
  constructor(
    private readonly desk: AccountDesk,
    private readonly selfService: SelfService,
    private readonly codes: OwnEmergencyCodes,
  ) {}

  @Get()
  async show(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const account = await this.enter(request, reply);
    if (account) await this.send(reply, account);
  }

  @Post()
  async submit(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const account = await this.enter(request, reply);
    if (!account) return;
    await this.desk.form(request, account, EMERGENCY_CODES_PATH);
    try {
      await this.codes.request(account);
      this.desk.leave(reply, account, 'emergency-code-sent');
    } catch (error) {
      const problems = problemsOf(error, account.visit.language);
      if (!problems) throw error;
      await this.send(reply, account, problems);
    }
  }

  /** @throws NotFoundException for who may not have one sent, or has no use for one */
  private async enter(request: FastifyRequest, reply: FastifyReply): Promise<AccountVisit | undefined> {
    const account = await this.desk.enterToChange(request, reply, EMERGENCY_CODES_PATH);
    if (!account) return undefined;
    const { found } = account;
    const allowed = await this.selfService.allows(found, 'requestEmergencyCode');
    if (!allowed || !(await this.codes.haveUse(found.account.id))) throw new NotFoundException();
    return account;
  }

  private async send(reply: FastifyReply, account: AccountVisit, problems?: EmergencyCodeProblems): Promise<void> {
    const { visit, found } = account;
    const { mail } = found.person;
    const page = emergencyCodesPage({
      visit,
      domainName: found.domain.name,
      address: mail ? maskedRecipient(mail) : undefined,
      codes: await this.codes.list(found.account.id),
      csrf: this.desk.csrf(account, EMERGENCY_CODES_PATH),
      problems,
    });
    this.desk.send(reply, account, page);
  }
}

/** What can be said of it on the form; undefined for every other error. */
function problemsOf(error: unknown, language: Language): EmergencyCodeProblems | undefined {
  const texts = ACCOUNT_TEXTS[language].emergencyCodes;
  if (DomainError.is(error, 'slot-taken')) return { status: 422, form: [texts.enough] };
  if (DomainError.is(error, 'no-address')) return { status: 422, form: [texts.noAddress] };
  return waitingProblems(error, language);
}
