import { Controller, Get, Post, Req, Res, UseFilters } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { PlainSecret } from '../core/crypto/secret-types.js';
import { PasswordStep, type StepOutcome } from '../core/requests/password-step.js';
import { RequestSessions } from '../core/requests/request-sessions.js';
import { Public } from '../core/web/access.js';
import type { Client } from '../core/web/clients.js';
import { PageExceptionFilter } from '../core/web/page-errors.js';
import { CurrentPasswordForms, type CurrentPasswordStep } from '../core/web/password/current-password-forms.js';
import type { AccountInQuestion } from '../core/web/password/current-password-page.js';
import { enrolmentFlow } from './enrolment-flow.js';
import { endedPage } from './pages/ended-page.js';
import { CHOICE_PATH, ENROLMENT_SITE as SITE, LOGIN_PATH } from './pages/site.js';
import { ENROLMENT_TEXTS } from './pages/texts/enrolment-texts.js';

/** The log-in with the directory's password (manager-json-rpc section 10.1, step 2). */
@ApiExcludeController()
@Controller(LOGIN_PATH)
@Public('the page session in the cookie decides; a form also needs its CSRF value')
@UseFilters(PageExceptionFilter)
export class EnrolmentLoginPages {
  private readonly step: CurrentPasswordStep;

  constructor(
    private readonly sessions: RequestSessions,
    private readonly passwordStep: PasswordStep,
    private readonly forms: CurrentPasswordForms,
  ) {
    this.step = {
      site: SITE,
      path: LOGIN_PATH,
      next: CHOICE_PATH,
      service: (language) => ENROLMENT_TEXTS[language].service,
      ended: endedPage,
      standing: (session) => this.standing(session),
      prove: (session, password, client) => this.prove(session, password, client),
    };
  }

  @Get()
  async ask(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.forms.ask(request, reply, this.step);
  }

  @Post()
  async submit(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.forms.submit(request, reply, this.step);
  }

  private async standing(session: string): Promise<AccountInQuestion | 'not-owed' | undefined> {
    const opened = await this.sessions.resume(enrolmentFlow, session);
    if (!opened) return undefined;
    const { domain, person } = opened.found;
    return opened.owed[0] === 'password'
      ? { login: person.login, displayName: person.displayName, domainName: domain.name }
      : 'not-owed';
  }

  private async prove(session: string, password: PlainSecret, client: Client): Promise<StepOutcome> {
    const opened = await this.sessions.resume(enrolmentFlow, session);
    if (!opened) return { kind: 'ended' };
    return opened.owed[0] === 'password' ? this.passwordStep.prove(opened, password, client) : { kind: 'passed' };
  }
}
