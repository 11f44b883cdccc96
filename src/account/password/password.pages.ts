import { Controller, Get, Post, Req, Res, UseFilters } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DomainError } from '../../core/errors/domain-error.js';
import { Public } from '../../core/web/access.js';
import { PageExceptionFilter } from '../../core/web/page-errors.js';
import type { PasswordForm } from '../../core/web/password/new-password-page.js';
import { PASSWORD_FIELD, REPEATED_FIELD } from '../../core/web/password/password-fields.js';
import {
  emptyProblems,
  refusedProblems,
  type SubmissionProblems,
  throttledProblems,
  unavailableProblems,
} from '../../core/web/password/submission-problems.js';
import { PasswordRequirements } from '../../passwords/password-requirements.js';
import { AccountDesk, type AccountVisit } from '../account-desk.js';
import { PASSWORD_PATH } from '../account-paths.js';
import { OwnPasswordChange } from './own-password-change.js';
import { passwordPage } from './password-page.js';

/** People change their own password, after they have proved the old one. */
@ApiExcludeController()
@Controller(PASSWORD_PATH)
@Public('the session in the cookie decides, with fresh proofs; a form also needs its CSRF value')
@UseFilters(PageExceptionFilter)
export class OwnPasswordPages {
  constructor(
    private readonly desk: AccountDesk,
    private readonly requirements: PasswordRequirements,
    private readonly change: OwnPasswordChange,
  ) {}

  /** The rules stand there before anything is typed, those of the directory included where it tells them. */
  @Get()
  async ask(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const account = await this.desk.enterToChange(request, reply, PASSWORD_PATH);
    if (account) this.send(reply, account, await this.formOf(account));
  }

  @Post()
  async submit(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const account = await this.desk.enterToChange(request, reply, PASSWORD_PATH);
    if (!account) return;
    const { language } = account.visit;
    const fields = await this.desk.form(request, account, PASSWORD_PATH);
    const [password, repeated] = [fields.text(PASSWORD_FIELD), fields.text(REPEATED_FIELD)];
    try {
      await this.desk.countSubmission(account, PASSWORD_PATH);
      const empty = emptyProblems(password, repeated, language);
      if (empty) return this.send(reply, account, await this.formOf(account), empty);
      const problems = await this.change.submit(account, password, repeated);
      if (problems.length === 0) return this.desk.leave(reply, account, 'password-changed');
      this.send(reply, account, await this.formOf(account), refusedProblems(problems, language));
    } catch (error) {
      if (DomainError.is(error, 'too-many-attempts')) {
        // Without asking the directory, which is what the limit spares.
        return this.send(reply, account, undefined, throttledProblems(error.params, language));
      }
      if (!DomainError.is(error) || error.category !== 'unavailable') throw error;
      this.send(reply, account, undefined, unavailableProblems(error.code, language));
    }
  }

  private async formOf({ found }: AccountVisit): Promise<PasswordForm> {
    const { domain, person } = found;
    const { login, displayName } = person;
    return { login, displayName, domainName: domain.name, rules: await this.requirements.rules(found) };
  }

  private send(
    reply: FastifyReply,
    account: AccountVisit,
    form: PasswordForm | undefined,
    problems?: SubmissionProblems,
  ): void {
    const csrf = this.desk.csrf(account, PASSWORD_PATH);
    const page = passwordPage({ visit: account.visit, form, csrf, problems });
    this.desk.send(reply, account, page);
  }
}
