import { Controller, Get, Post, Req, Res, UseFilters } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Public } from '../../core/web/access.js';
import { LinkSessions } from '../../core/web/links/link-sessions.js';
import { PageExceptionFilter } from '../../core/web/page-errors.js';
import type { SecondFactorPages } from '../../tokens/second-factor/second-factor-desk.js';
import { SecondFactorForms } from '../../tokens/second-factor/second-factor-forms.js';
import { AccountDesk } from '../account-desk.js';
import { ACCOUNT_SITE, HOME_PATH, SECOND_FACTOR_PATH } from '../account-paths.js';
import { ACCOUNT_TEXTS } from '../texts/account-texts.js';
import { whereTo } from '../where-to.js';
import { endedPage } from './confirm-page.js';
import { secondFactorPayload } from './second-factor.purpose.js';
import { SecondFactorSessions } from './second-factor-sessions.js';

type Form = keyof SecondFactorForms;

/** The second factor of people who are signed in: the same page as behind a link, bound to the session. */
@ApiExcludeController()
@Controller(SECOND_FACTOR_PATH)
@Public('the session and the page session in the cookies decide; a form also needs its CSRF value')
@UseFilters(PageExceptionFilter)
export class AccountSecondFactorPages {
  constructor(
    private readonly desk: AccountDesk,
    private readonly sessions: SecondFactorSessions,
    private readonly links: LinkSessions,
    private readonly factors: SecondFactorForms,
  ) {}

  @Get()
  ask(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.answer('ask', request, reply);
  }

  @Post('code')
  submitCode(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.answer('submitCode', request, reply);
  }

  @Post('question')
  beginQuestion(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.answer('beginQuestion', request, reply);
  }

  @Post('answer')
  submitAnswer(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.answer('submitAnswer', request, reply);
  }

  @Post('send')
  sendPasscode(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.answer('sendPasscode', request, reply);
  }

  @Post('fido/begin')
  beginFido(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.answer('beginFido', request, reply);
  }

  @Post('fido')
  submitFido(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.answer('submitFido', request, reply);
  }

  @Post('certificate')
  submitCertificate(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.answer('submitCertificate', request, reply);
  }

  private async answer(form: Form, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const account = await this.desk.enter(request, reply, HOME_PATH);
    if (!account) return;
    const secret = this.links.secretOf(request, ACCOUNT_SITE);
    const opened = secret === undefined ? undefined : await this.sessions.resume(account, secret);
    const pages: SecondFactorPages = {
      site: ACCOUNT_SITE,
      path: SECOND_FACTOR_PATH,
      next: opened ? whereTo(secondFactorPayload(opened.request).to) : HOME_PATH,
      service: (language) => ACCOUNT_TEXTS[language].service,
      beside: 'password',
      ended: endedPage,
      standing: () => Promise.resolve(opened && (opened.owed.length > 0 ? opened : 'not-owed')),
      passed: (held, client) => this.sessions.passed(held, client),
    };
    await this.factors[form](request, reply, pages);
  }
}
